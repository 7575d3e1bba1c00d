import { act, screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, it, vi } from "vitest";
import type { ThreadViewer } from "@/api/types";
import { server } from "@/test/server";
import { lapse, setViewers } from "../../data/presence";
import { THREAD } from "../../test/fixtures";
import { liveLine } from "../../test/liveLine";
import { renderApp } from "../../test/renderApp";

const viewer = (fullName: string, state: ThreadViewer["state"], inMs = 40_000): ThreadViewer => ({
  staffId: fullName, fullName, state, until: new Date(Date.now() + inMs).toISOString(),
});

it("says who else is here and what they are at, writers first", async () => {
  await renderApp();
  await screen.findByRole("log");
  act(() => liveLine.say("presence", { threadId: THREAD, viewers: [viewer("Dr. Amara Okafor", "viewing"), viewer("Jordan Lee", "noting"), viewer("Helen Zhou", "viewing")] }));
  const line = await screen.findByText("is writing an internal note");
  expect(line.closest("[role=status]")).toHaveTextContent(/Jordan Lee is writing an internal note.*Dr\. Amara Okafor and Helen Zhou are viewing this conversation/);
  act(() => liveLine.say("presence", { threadId: THREAD, viewers: [] }));
  await waitFor(() => expect(screen.queryByText(/viewing this conversation/)).not.toBeInTheDocument());
});

it("drops an entry whose time is over", () => {
  setViewers("t", [viewer("Jordan Lee", "viewing", 1_000), viewer("Helen Zhou", "replying", 9_000)]);
  expect(lapse("t", Date.now() + 5_000)).toBeGreaterThan(Date.now() + 8_000);
  expect(lapse("t", Date.now() + 10_000)).toBeUndefined();
});

it("tells what one is at, and says goodbye", async () => {
  const said: string[] = [];
  const { user, router } = await renderApp();
  server.use(
    http.put("/api/patient-messages/threads/:id/presence", async ({ request }) => {
      said.push(((await request.json()) as { state: string }).state);
      return HttpResponse.json({ viewers: [] });
    }),
  );
  await user.type(await screen.findByRole("textbox", { name: /^Message to/ }), "Hello");
  await waitFor(() => expect(said).toContain("replying"));
  await user.click(screen.getByRole("tab", { name: "Internal note" }));
  await user.type(await screen.findByRole("textbox", { name: /^Internal note/ }), "hm");
  await waitFor(() => expect(said).toContain("noting"));
  vi.spyOn(Date, "now").mockReturnValue(Date.now() + 11_000);
  await waitFor(() => expect(said.at(-1)).toBe("viewing"), { timeout: 4_000 });
  vi.restoreAllMocks();
  await router.navigate({ to: "/inbox/$view", params: { view: "open" } });
  await waitFor(() => expect(said.at(-1)).toBe("gone"));
});

it("stops saying that one writes once the note is saved", async () => {
  const said: string[] = [];
  const { user } = await renderApp({
    handlers: [
      http.put("/api/patient-messages/threads/:id/presence", async ({ request }) => {
        said.push(((await request.json()) as { state: string }).state);
        return HttpResponse.json({ viewers: [] });
      }),
      http.post("/api/patient-messages/threads/:id/messages", () => HttpResponse.json({ id: "m9" }, { status: 201 })),
    ],
  });
  await user.click(await screen.findByRole("tab", { name: "Internal note" }));
  const box = await screen.findByRole("textbox", { name: /^Internal note/ });
  await user.type(box, "hm");
  await waitFor(() => expect(said.at(-1)).toBe("noting"));
  await user.clear(box);
  await waitFor(() => expect(said.at(-1)).toBe("viewing"));
  await user.type(box, "call her");
  await waitFor(() => expect(said.at(-1)).toBe("noting"));
  await user.keyboard("{Alt>}{Enter}{/Alt}");
  await waitFor(() => expect(box).toHaveValue(""));
  await waitFor(() => expect(said.at(-1)).toBe("viewing"));
});
