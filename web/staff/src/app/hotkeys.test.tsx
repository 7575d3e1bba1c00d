import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { setPreference } from "@/theme/preferences";
import { useHotkey } from "./hotkeys";

const close = vi.fn();
const goMine = vi.fn();

function Page({ dialog = false }) {
  useHotkey("e", close);
  useHotkey("g m", goMine);
  return (
    <>
      <input aria-label="Field" />
      {dialog && <div role="dialog" aria-label="Dialog" />}
    </>
  );
}

beforeEach(() => {
  close.mockClear();
  goMine.mockClear();
  setPreference("shortcuts", "on");
});

it("acts on single keys and sequences outside text fields", async () => {
  render(<Page />);
  await userEvent.keyboard("egm");
  expect(close).toHaveBeenCalledOnce();
  expect(goMine).toHaveBeenCalledOnce();
});

it("leaves keys to text fields", async () => {
  render(<Page />);
  await userEvent.type(screen.getByLabelText("Field"), "egm");
  expect(screen.getByLabelText("Field")).toHaveValue("egm");
  expect(close).not.toHaveBeenCalled();
});

it("is silent under a dialog and when switched off", async () => {
  const { unmount } = render(<Page dialog />);
  await userEvent.keyboard("e");
  unmount();
  setPreference("shortcuts", "off");
  render(<Page />);
  await userEvent.keyboard("e");
  expect(close).not.toHaveBeenCalled();
});
