import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import type { BulkResults, NotificationList, StaffThreadList, ThreadAct } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPost, problemResponse } from "@/test/typed";
import { clearToast } from "@/ui/toasts";
import { dismissReport } from "../../data/bulkState";
import { addSelected, clearSelection, MAX_SELECTED, selectedIds, toggleSelected } from "../../data/selection";
import { detail, me, thread } from "../../test/fixtures";
import { renderApp } from "../../test/renderApp";

const BULK = "/api/patient-messages/threads/bulk";
const IDS = ["t1", "t2", "t3"];
const rows: StaffThreadList = {
  threads: IDS.map((id) => thread({ id, patientName: `Patient ${id}`, subject: `About ${id}` })),
  pagination: { limit: 50, nextCursor: null, hasMore: false },
};

beforeAll(() => {
  for (const name of ["clientWidth", "clientHeight"]) Object.defineProperty(HTMLElement.prototype, name, { configurable: true, value: 900 });
});
afterEach(() => {
  clearSelection();
  dismissReport();
  clearToast();
});

interface Asked {
  threadIds: string[];
  action: ThreadAct;
}

function recordActs(refused: Record<string, string> = {}): Asked[] {
  const asked: Asked[] = [];
  server.use(
    mockPost<BulkResults>(BULK, async (request) => {
      const body = (await request.json()) as Asked;
      asked.push(body);
      const results = body.threadIds.map((threadId) => ({ threadId, outcome: refused[threadId] ? ("refused" as const) : ("done" as const), code: refused[threadId] }));
      const done = results.filter(({ outcome }) => outcome === "done").length;
      return { results, done, unchanged: 0, refused: results.length - done, undoToken: "token" };
    }, 200),
  );
  return asked;
}

async function selectAllThree() {
  const view = await renderApp({ path: "/inbox/closed", me: me({ mayDo: ["list_threads", "assign", "close", "set_priority", "archive"] }) });
  server.use(mockGet<StaffThreadList>("/api/patient-messages/threads", rows));
  await view.user.click(await screen.findByRole("radio", { name: "Unread" }));
  const first = await screen.findByRole("row", { name: /Patient t1/ });
  first.focus();
  await view.user.keyboard("x{Shift>}jj{/Shift}");
  await screen.findByText("3 selected");
  return view;
}

it("takes along the notifications of what it read", async () => {
  recordActs();
  const { user } = await selectAllThree();
  const bell = screen.getByRole("link", { name: /^Notifications/ });
  expect(bell).not.toHaveTextContent("4");
  server.use(mockGet<NotificationList>("/api/notifications", { notifications: [], pagination: { limit: 1, nextCursor: null, hasMore: false }, unread: { count: 4, capped: false } }));
  await user.click(screen.getByRole("button", { name: "More actions" }));
  await user.click(await screen.findByRole("menuitem", { name: "Mark read" }));
  await waitFor(() => expect(bell).toHaveTextContent("4"));
});

it("acts on all that are selected by key and takes it back with Z", async () => {
  const asked = recordActs();
  const { user } = await selectAllThree();
  const acts = recordActs();
  const undone: unknown[] = [];
  server.use(
    mockPost<BulkResults>(`${BULK}/undo`, async (request) => {
      undone.push(await request.json());
      return { results: [], done: 3, unchanged: 0, refused: 0 };
    }, 200),
  );
  await user.keyboard("e");
  expect(await screen.findByText("3 conversations closed")).toBeInTheDocument();
  expect([...asked, ...acts]).toEqual([{ threadIds: IDS, action: { type: "close" } }]);
  expect(screen.queryByText("3 selected")).not.toBeInTheDocument();
  await user.keyboard("z");
  expect(await screen.findByText("Undone")).toBeInTheDocument();
  expect(undone).toEqual([{ undoToken: "token" }]);
});

it("keeps what was refused selected and says why for each", async () => {
  const { user } = await selectAllThree();
  recordActs({ t2: "version_mismatch" });
  await user.click(screen.getByRole("button", { name: "Close" }));
  const report = await screen.findByRole("alert");
  expect(report).toHaveTextContent("2 done, 1 not:");
  expect(within(report).getByRole("listitem")).toHaveTextContent("Patient t2, About t2: somebody changed it a moment ago");
  expect(screen.getByText("1 selected")).toBeInTheDocument();
  expect(screen.getByText("2 conversations closed")).toBeInTheDocument();
});

it("assigns to a colleague from the bar, and Escape gives the selection up", async () => {
  const { user } = await selectAllThree();
  const asked = recordActs();
  await user.keyboard("a");
  await user.click(await screen.findByRole("menuitem", { name: /Dr. Amara Okafor/ }));
  await waitFor(() => expect(asked).toEqual([{ threadIds: IDS, action: { type: "assign", assignedTo: "s2" } }]));
  expect(await screen.findByText("3 conversations assigned")).toBeInTheDocument();
});

it("ticks by a tap on the row while conversations are being selected", async () => {
  const { user, router } = await renderApp({ path: "/inbox/closed", handlers: [mockGet<StaffThreadList>("/api/patient-messages/threads", rows)] });
  await user.click(await screen.findByRole("button", { name: "Select conversations" }));
  await user.click(await screen.findByRole("row", { name: /Patient t2/ }));
  expect(await screen.findByText("1 selected")).toBeInTheDocument();
  expect(router.state.location.pathname).toBe("/inbox/closed");
});

it("acts on what is ticked, whichever conversation is open and since when", async () => {
  const asked = recordActs();
  const path = "/inbox/open/t1";
  const { user, router } = await renderApp({ path, thread: detail({ id: "t1" }), handlers: [mockGet<StaffThreadList>("/api/patient-messages/threads", rows)] });
  await screen.findByRole("row", { name: /Patient t2/ });
  await screen.findByRole("heading", { name: "Eyelid swelling" });
  await user.keyboard("x");
  await screen.findByText("1 selected");
  await user.keyboard("j");
  await waitFor(() => expect(router.state.location.pathname).toBe("/inbox/open/t2"));
  await screen.findByRole("heading", { name: "Eyelid swelling" });
  await user.keyboard("x");
  await screen.findByText("2 selected");
  await user.keyboard("s");
  expect(await screen.findByText(/That key acts on one conversation/)).toBeInTheDocument();
  expect(screen.queryByRole("menu")).not.toBeInTheDocument();
  await user.keyboard("i");
  expect(await screen.findByText("2 conversations assigned")).toBeInTheDocument();
  expect(asked).toEqual([{ threadIds: ["t1", "t2"], action: { type: "assign", assignedTo: me().user.id } }]);
});

const LIST = "/api/patient-messages/threads";
const PAGE = 50;
const numbered = (at: number) => thread({ id: `n${at}`, subject: `Question ${at}`, lastMessageAt: new Date(Date.parse("2026-03-12T09:00:00.000Z") - at * 60_000).toISOString() });

/** A list of a thousand. */
const longList = mockGet<StaffThreadList>(LIST, (request) => {
  const from = Number(new URL(request.url).searchParams.get("cursor") ?? 0);
  const hasMore = from + PAGE < 1_000;
  return { threads: Array.from({ length: PAGE }, (_, at) => numbered(from + at)), pagination: { limit: PAGE, nextCursor: hasMore ? String(from + PAGE) : null, hasMore } };
});

it("acts on what has scrolled far out of the list too, and takes no other tick away", async () => {
  const asked = recordActs();
  const { user } = await renderApp({ path: "/inbox/unassigned", handlers: [longList] });
  (await screen.findByRole("row", { name: /Question 0$/ })).focus();
  await user.keyboard("x{Shift>}jj{/Shift}");
  await screen.findByText("3 selected");
  const grid = screen.getByRole("grid");
  for (let page = 1; page <= 12; page += 1) {
    grid.scrollTop = page * PAGE * 102;
    fireEvent.scroll(grid);
    await waitFor(() => expect([...grid.querySelectorAll<HTMLElement>("[data-key]")].some(({ style }) => Number.parseFloat(style.top) >= grid.scrollTop)).toBe(true));
  }
  expect(await screen.findByText("3 not loaded here")).toBeInTheDocument();
  const far = [...grid.querySelectorAll<HTMLElement>("[data-key]")].at(-1);
  await user.keyboard("{Control>}");
  if (far) await user.click(far);
  await user.keyboard("{/Control}");
  await screen.findByText("4 selected");
  await user.keyboard("e");
  expect(await screen.findByText("4 conversations closed")).toBeInTheDocument();
  expect(asked).toEqual([{ threadIds: ["n0", "n1", "n2", far?.dataset.key], action: { type: "close" } }]);
  expect(selectedIds()).toEqual([]);
});

it("keeps ticked what an act did not come to, and offers the rest back", async () => {
  const { user } = await renderApp({ path: "/inbox/unassigned", handlers: [longList] });
  await screen.findByRole("row", { name: /Question 0$/ });
  addSelected(Array.from({ length: 250 }, (_, at) => numbered(at)));
  await screen.findByText("250 selected");
  const sizes: number[] = [];
  server.use(
    mockPost<BulkResults>(BULK, async (request) => {
      const { threadIds } = (await request.json()) as Asked;
      sizes.push(threadIds.length);
      if (sizes.length > 1) return problemResponse(503, "dependency_unavailable");
      return { results: threadIds.map((threadId) => ({ threadId, outcome: "done" as const })), done: threadIds.length, unchanged: 0, refused: 0, undoToken: "token" };
    }, 200),
  );
  await user.keyboard("e");
  expect(await screen.findByText("200 conversations closed")).toBeInTheDocument();
  expect(await screen.findByRole("alert")).toHaveTextContent("50 were not tried and stay selected.");
  expect(sizes).toEqual([200, 50]);
  expect(selectedIds()).toHaveLength(50);
});

it("repeats an act whose answer was lost under the same key, one key for each part", async () => {
  const { user } = await renderApp({ path: "/inbox/unassigned", handlers: [longList] });
  await screen.findByRole("row", { name: /Question 0$/ });
  addSelected(Array.from({ length: 250 }, (_, at) => numbered(at)));
  await screen.findByText("250 selected");
  const keys: (string | null)[] = [];
  server.use(
    mockPost<BulkResults>(BULK, async (request) => {
      const { threadIds } = (await request.json()) as Asked;
      keys.push(request.headers.get("idempotency-key"));
      if (keys.length === 1) return Response.error();
      return { results: threadIds.map((threadId) => ({ threadId, outcome: "done" as const })), done: threadIds.length, unchanged: 0, refused: 0 };
    }, 200),
  );
  await user.keyboard("e");
  await waitFor(() => expect(selectedIds()).toEqual([]));
  expect(keys).toHaveLength(3);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});

it("says of what no answer came for that it may have been done", async () => {
  const { user } = await renderApp({ path: "/inbox/unassigned", handlers: [longList] });
  await screen.findByRole("row", { name: /Question 0$/ });
  addSelected(Array.from({ length: 250 }, (_, at) => numbered(at)));
  await screen.findByText("250 selected");
  server.use(mockPost<BulkResults>(BULK, () => Response.error()));
  await user.keyboard("e");
  const report = await screen.findByRole("alert", {}, { timeout: 5_000 });
  expect(report).toHaveTextContent("No answer came for 200: they may have been done, and stay selected. 50 were not tried and stay selected. Check your connection.");
  expect(selectedIds()).toHaveLength(250);
});

it("says how far an undo came that stopped, and offers the rest again under the same key", async () => {
  const { user } = await renderApp({ path: "/inbox/unassigned", handlers: [longList] });
  await screen.findByRole("row", { name: /Question 0$/ });
  addSelected(Array.from({ length: 250 }, (_, at) => numbered(at)));
  await screen.findByText("250 selected");
  const asked = recordActs();
  const undone: [unknown, string | null][] = [];
  let isBroken = true;
  server.use(
    mockPost<BulkResults>(BULK, async (request) => {
      const { threadIds } = (await request.json()) as Asked;
      asked.push({ threadIds, action: { type: "close" } });
      return { results: threadIds.map((threadId) => ({ threadId, outcome: "done" as const })), done: threadIds.length, unchanged: 0, refused: 0, undoToken: `token-${asked.length}` };
    }, 200),
    mockPost<BulkResults>(`${BULK}/undo`, async (request) => {
      const { undoToken } = (await request.json()) as { undoToken: string };
      undone.push([undoToken, request.headers.get("idempotency-key")]);
      if (undoToken === "token-2" && isBroken) return problemResponse(503, "dependency_unavailable");
      return { results: [], done: undoToken === "token-1" ? 200 : 50, unchanged: 0, refused: 0 };
    }, 200),
  );
  await user.keyboard("e");
  await screen.findByText("250 conversations closed");
  await user.keyboard("z");
  expect(await screen.findByText(/200 conversations are as they were, the rest not yet. Threadwell is busy/)).toBeInTheDocument();
  isBroken = false;
  await user.keyboard("z");
  expect(await screen.findByText("Undone")).toBeInTheDocument();
  expect(undone).toEqual([["token-1", "token-1"], ["token-2", "token-2"], ["token-2", "token-2"]]);
});

it("says in the bar that a key rests, and leaves the way back of the last act where it is", async () => {
  recordActs();
  const { user } = await renderApp({ path: "/inbox/open/t1", thread: detail({ id: "t1" }), handlers: [mockGet<StaffThreadList>("/api/patient-messages/threads", rows)] });
  await screen.findByRole("row", { name: /Patient t2/ });
  await screen.findByRole("heading", { name: "Eyelid swelling" });
  await user.keyboard("x");
  await screen.findByText("1 selected");
  await user.keyboard("i");
  await screen.findByText("1 conversation assigned");
  await user.keyboard("x");
  await screen.findByText("1 selected");
  await user.keyboard("s");
  const bar = screen.getByRole("group", { name: "Selected conversations" });
  await waitFor(() => expect(within(bar).getByRole("status")).toHaveTextContent("That key acts on one conversation."));
  expect(screen.getByText("1 conversation assigned")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: /^Undo/ })).toBeInTheDocument();
});

it("lets no second act run beside the first, and tells what was not done though the selection was given up", async () => {
  const { user } = await selectAllThree();
  const asked: Asked[] = [];
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  server.use(
    mockPost<BulkResults>(BULK, async (request) => {
      asked.push((await request.json()) as Asked);
      await held;
      return { results: IDS.map((threadId) => ({ threadId, outcome: "refused" as const, code: "version_mismatch" })), done: 0, unchanged: 0, refused: 3 };
    }, 200),
  );
  await user.keyboard("e");
  await waitFor(() => expect(asked).toHaveLength(1));
  await user.keyboard("{Escape}x");
  expect(await screen.findByText("Still at work on the last act…")).toBeInTheDocument();
  await user.keyboard("e");
  await user.keyboard("{Escape}");
  letGo();
  expect(await screen.findByRole("alert")).toHaveTextContent("0 done, 3 not:");
  expect(asked).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "Got it" }));
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});

it("leaves as much room below the list as the bar takes", async () => {
  vi.stubGlobal("ResizeObserver", class {
    constructor(private readonly look: () => void) {}
    observe = () => this.look();
    disconnect = () => undefined;
  });
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(132);
  await selectAllThree();
  expect(document.getElementById("list")?.style.getPropertyValue("--dock-height")).toBe("132px");
  vi.unstubAllGlobals();
});

it("says when no more can be ticked", async () => {
  await renderApp({ path: "/inbox/unassigned", handlers: [longList] });
  await screen.findByRole("row", { name: /Question 0$/ });
  addSelected(Array.from({ length: MAX_SELECTED + 5 }, (_, at) => numbered(at)));
  expect(await screen.findByText(/^1000 selected, the most at once$/)).toBeInTheDocument();
  toggleSelected(numbered(0));
  expect(await screen.findByText("999 selected")).toBeInTheDocument();
});
