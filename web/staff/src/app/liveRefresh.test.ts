import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { LiveEvent, ThreadEvent, ThreadEventKind } from "@/api/live";
import { threadKeys } from "../data/inbox";
import { ME, message, page, detail, THREAD } from "../test/fixtures";
import { LiveRefresh } from "./liveRefresh";

let queryClient: QueryClient;
let refresh: LiveRefresh;
let visibility: DocumentVisibilityState;
const list = vi.fn(async () => "list");
const open = vi.fn(async () => ({ pages: [page(detail(), [message("m1")])], pageParams: [null] }));
const views = vi.fn(async () => "views");
const results = vi.fn(async () => "results");
const askMe = vi.fn(async () => undefined);
const bell = vi.fn(async () => "bell");
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const happened = (kind: ThreadEventKind, more: Partial<ThreadEvent> = {}): ThreadEvent => ({ type: "thread", threadId: THREAD, kind, ...more });
const TOLD: LiveEvent = { type: "notification", notificationId: "n1", threadId: THREAD };
const stops: (() => void)[] = [];

beforeEach(async () => {
  vi.useFakeTimers();
  visibility = "visible";
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
  list.mockClear();
  open.mockClear();
  [bell, views, results, askMe].forEach((asked) => asked.mockClear());
  queryClient = new QueryClient();
  for (const [queryKey, queryFn] of [[threadKeys.list({}), list], [threadKeys.detail(THREAD), open], [["notifications", "unread"], bell], [["views"], views], [["search", "results", "cream"], results]] as const)
    stops.push(new QueryObserver<unknown>(queryClient, { queryKey, queryFn, staleTime: 60_000 }).subscribe(() => undefined));
  refresh = new LiveRefresh(queryClient, ME, askMe);
  await pass(2_000);
  list.mockClear();
  open.mockClear();
  [bell, views, results, askMe].forEach((asked) => asked.mockClear());
});

afterEach(() => {
  refresh.stop();
  stops.splice(0).forEach((stop) => stop());
  vi.useRealTimers();
});

it("fetches the open conversation at once, and a busy practice's list once a second", async () => {
  refresh.onEvent(happened("message"));
  await pass(0);
  expect(open).toHaveBeenCalledTimes(1);
  for (let at = 0; at < 800; at += 1) {
    refresh.onEvent(happened("message", { threadId: `other-${at % 40}` }));
    await pass(5);
  }
  await pass(1_000);
  expect(open).toHaveBeenCalledTimes(1);
  expect(list.mock.calls.length).toBeGreaterThanOrEqual(4);
  expect(list.mock.calls.length).toBeLessThanOrEqual(6);
});

it("does not fetch one's own message a second time, but what one did in another tab", async () => {
  refresh.onEvent(happened("message", { actorId: ME, messageId: "m1" }));
  await pass(300);
  expect(open).not.toHaveBeenCalled();
  refresh.onEvent(happened("message", { actorId: ME, messageId: "m2" }));
  await pass(300);
  expect(open).toHaveBeenCalledTimes(1);
});

it("asks for the lists once when colleagues read much, since that takes conversations off everybody's unread ones", async () => {
  for (let at = 0; at < 20; at += 1) refresh.onEvent(happened("read", { actorId: "s2", threadId: `other-${at}` }));
  await pass(2_000);
  expect(list.mock.calls.length).toBeGreaterThanOrEqual(1);
  expect(list.mock.calls.length).toBeLessThanOrEqual(2);
});

it("leaves the list alone when the patient has seen a message", async () => {
  refresh.onEvent(happened("seen"));
  await pass(2_000);
  expect(open).toHaveBeenCalledTimes(1);
  expect(list).not.toHaveBeenCalled();
});

it("moves the bell when one read in another tab, when a conversation is gone, and when it is told to", async () => {
  for (const event of [happened("read", { actorId: ME }), happened("gone", { actorId: "s2" }), TOLD]) {
    bell.mockClear();
    refresh.onEvent(event);
    await pass(2_000);
    expect(bell).toHaveBeenCalledTimes(1);
  }
});

it("leaves the bell alone at what others read and write", async () => {
  for (const kind of ["read", "message", "note", "assigned", "status", "fields"] as const) refresh.onEvent(happened(kind, { actorId: "s2" }));
  await pass(2_000);
  expect(bell).not.toHaveBeenCalled();
});

it("asks for the bell once a second while much is read at once", async () => {
  for (let at = 0; at < 200; at += 1) refresh.onEvent(at % 2 ? TOLD : happened("read", { actorId: ME, threadId: `other-${at}` }));
  await pass(3_000);
  expect(bell).toHaveBeenCalledTimes(2);
});

it("asks once for what the practice decides when that changed much, for one's rights and for the lists", async () => {
  for (let at = 0; at < 50; at += 1) refresh.onEvent({ type: "practice" });
  await pass(5_000);
  expect([views.mock.calls.length, askMe.mock.calls.length, list.mock.calls.length]).toEqual([1, 1, 1]);
  expect(open).not.toHaveBeenCalled();
});

it("does not ask for what the practice decides in the same moment as everybody else", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.75);
  refresh.onEvent({ type: "practice" });
  await pass(2_900);
  expect([views.mock.calls.length, askMe.mock.calls.length, list.mock.calls.length]).toEqual([0, 0, 0]);
  expect(queryClient.getQueryState(["views"])?.isInvalidated).toBe(true);
  await pass(200);
  expect([views.mock.calls.length, askMe.mock.calls.length, list.mock.calls.length]).toEqual([1, 1, 1]);
});

it("does not ask for what the practice decides a second time as the page opens, but when the line comes back", async () => {
  refresh.onRefresh();
  await pass(5_000);
  expect([views.mock.calls.length, askMe.mock.calls.length]).toEqual([0, 0]);
  refresh.onRefresh();
  await pass(5_000);
  expect([views.mock.calls.length, askMe.mock.calls.length]).toEqual([1, 1]);
});

it("asks for one's rights once somebody comes back to a page that was hidden, and not before", async () => {
  visibility = "hidden";
  refresh.onEvent({ type: "practice" });
  await pass(60_000);
  expect([views.mock.calls.length, askMe.mock.calls.length]).toEqual([0, 0]);
  visibility = "visible";
  document.dispatchEvent(new Event("visibilitychange"));
  await pass(0);
  expect(askMe).toHaveBeenCalledTimes(1);
  document.dispatchEvent(new Event("visibilitychange"));
  await pass(0);
  expect(askMe).toHaveBeenCalledTimes(1);
});

it("takes what the practice decides and what one searched for as old when anything may have changed", async () => {
  const KEYS = [["teams"], ["staff"], ["search", "practice"], ["search", "recent"], ["admin", "settings"]];
  for (const key of KEYS) queryClient.setQueryData(key, "known");
  await pass(10_000);
  refresh.onRefresh();
  await pass(4_000);
  expect([views.mock.calls.length, askMe.mock.calls.length]).toEqual([1, 1]);
  expect(KEYS.filter((key) => !queryClient.getQueryState(key)?.isInvalidated)).toEqual([]);
});

it("leaves results where they are while somebody reads them; the next to open them asks anew", async () => {
  await pass(10_000);
  refresh.onRefresh();
  await pass(5_000);
  expect(results).not.toHaveBeenCalled();
  expect(queryClient.getQueryState(["search", "results", "cream"])?.isInvalidated).toBe(true);
});

it("passes over what it has never heard of", async () => {
  refresh.onEvent({ type: "weather", kind: "rain" } as unknown as LiveEvent);
  await pass(2_000);
  expect([list, open, bell, views, askMe].map((asked) => asked.mock.calls.length)).toEqual([0, 0, 0, 0, 0]);
});

it("lets a hidden page wait", async () => {
  visibility = "hidden";
  refresh.onEvent(happened("message"));
  refresh.onRefresh();
  await pass(5_000);
  expect([open.mock.calls.length, list.mock.calls.length]).toEqual([0, 0]);
  expect(queryClient.getQueryState(threadKeys.detail(THREAD))?.isInvalidated).toBe(true);
});
