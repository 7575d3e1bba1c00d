import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Button } from "./Button";
import { Menu } from "./Menu";

// The first opening fetches the menu, and in tests that means transforming it.
const FETCHED = { timeout: 20_000 };

function setUp() {
  const onAction = vi.fn();
  const entries = [{ id: "one", label: "One" }, { id: "two", label: "Two" }];
  render(<Menu label="Acts" groups={[{ entries }]} onAction={onAction} selected="two" trigger={<Button>Open</Button>} />);
  return { onAction, user: userEvent.setup(), button: screen.getByRole("button", { name: "Open" }) };
}

it.each(["{Enter}", " ", "{ArrowDown}", "{ArrowUp}"])("opens by key, the first time too: %s", async (key) => {
  const { user, button } = setUp();
  expect(button).toHaveAttribute("aria-haspopup", "true");
  await user.tab();
  await user.keyboard(key);
  expect(await screen.findByRole("menu", { name: "Open" }, FETCHED)).toBeInTheDocument();
  expect(screen.getByRole("menuitemradio", { name: "Two" })).toBeChecked();
});

it("opens by pointer, says so at its button, and closes with a choice", async () => {
  const { onAction, user, button } = setUp();
  await user.click(button);
  await screen.findByRole("menu", {}, FETCHED);
  expect(button).toHaveAttribute("aria-expanded", "true");
  await user.click(screen.getByRole("menuitemradio", { name: "One" }));
  expect(onAction).toHaveBeenCalledWith("one");
  expect(screen.queryByRole("menu")).not.toBeInTheDocument();
});

it("opens under a finger once it is lifted, since it might have scrolled", async () => {
  const { user, button } = setUp();
  await user.pointer({ keys: "[TouchA>]", target: button });
  expect(button).toHaveAttribute("aria-expanded", "false");
  await user.pointer({ keys: "[/TouchA]" });
  expect(await screen.findByRole("menu", {}, FETCHED)).toBeInTheDocument();
});
