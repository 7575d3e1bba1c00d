import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { THREAD } from "../../test/fixtures";
import { renderApp } from "../../test/renderApp";

const conversation = () => screen.findByRole("heading", { name: "Eyelid swelling" });

it.each(["key", "button"])("leads back to the list by %s in a tab that opened on the conversation", async (by) => {
  const { user, router } = await renderApp({ path: `/inbox/mine/${THREAD}?category=medical` });
  const heading = await conversation();
  await waitFor(() => expect(heading).toHaveFocus());
  if (by === "key") await user.keyboard("{Escape}");
  else await user.click(screen.getByRole("button", { name: /Back to conversations/ }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/inbox/mine"));
  expect(router.state.location.search).toEqual({ category: "medical" });
});

it.each(["key", "button"])("goes back by %s to where the conversation was opened from", async (by) => {
  const { user, router } = await renderApp({ path: "/notifications" });
  await router.navigate({ to: "/inbox/$view/$threadId", params: { view: "open", threadId: THREAD } });
  const heading = await conversation();
  await waitFor(() => expect(heading).toHaveFocus());
  if (by === "key") await user.keyboard("{Escape}");
  else await user.click(screen.getByRole("button", { name: /Back to conversations/ }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/notifications"));
});
