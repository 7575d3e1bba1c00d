import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { setPreference } from "@/theme/preferences";
import { availableCommands, KeyLayer, useHotkey, useRestingConversation } from "./hotkeys";

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

function Bound({ does }: { does: () => void }) {
  useHotkey("e", does, true, { label: "Close", group: "thread" });
  return null;
}

function Rest({ say }: { say: () => void }) {
  useRestingConversation(say, true);
  return null;
}

it.each([["before"], ["after"]])("gives a key to the selection, mounted %s the conversation", async (when) => {
  const [selection, conversation] = [vi.fn(), vi.fn()];
  const bar = <KeyLayer value="selection"><Bound does={selection} /></KeyLayer>;
  render(<>{when === "before" && bar}<KeyLayer value="conversation"><Bound does={conversation} /></KeyLayer>{when === "after" && bar}<Page /></>);
  await userEvent.keyboard("e");
  expect([selection, conversation, close].map((call) => call.mock.calls.length)).toEqual([1, 0, 0]);
});

it("lets the conversation's keys rest and says so, and no other keys", async () => {
  const [say, conversation] = [vi.fn(), vi.fn()];
  const { rerender } = render(<><Page /><KeyLayer value="conversation"><Bound does={conversation} /></KeyLayer><Rest say={say} /></>);
  await userEvent.keyboard("egm");
  expect([say, conversation, goMine].map((call) => call.mock.calls.length)).toEqual([1, 0, 1]);
  expect(availableCommands()).toEqual([]);
  rerender(<><Page /><KeyLayer value="conversation"><Bound does={conversation} /></KeyLayer></>);
  await userEvent.keyboard("e");
  expect(conversation).toHaveBeenCalledOnce();
  expect(availableCommands().map(({ label }) => label)).toEqual(["Close"]);
});
