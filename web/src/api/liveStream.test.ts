import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { http, HttpResponse } from "msw";
import { server } from "../test/server";
import { ApiClient } from "./client";
import type { LiveEvent } from "./live";
import { LiveStream } from "./liveStream";
import { ProblemError } from "./problem";

/** A server whose lines the test holds in its hand. */
class Lines {
  readonly opened: { headers: Record<string, string>; signal: AbortSignal; say: (text: string) => Promise<void>; end: () => Promise<void> }[] = [];
  refused: ProblemError | null = null;
  refresh = vi.fn(async () => undefined);

  stream = async (_path: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> => {
    if (this.refused) throw this.refused;
    let out: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (out = controller) });
    signal.addEventListener("abort", () => out?.error(new DOMException("", "AbortError")));
    this.opened.push({
      headers, signal,
      say: async (text) => {
        out?.enqueue(new TextEncoder().encode(text));
        await vi.advanceTimersByTimeAsync(0);
      },
      end: async () => {
        out?.close();
        await vi.advanceTimersByTimeAsync(0);
      },
    });
    return new Response(body);
  };

  get last() {
    const line = this.opened.at(-1);
    if (!line) throw new Error("no line was opened");
    return line;
  }
}

let lines: Lines;
let seen: LiveEvent[];
let refreshes: number;
let lives: number;
let stop: () => void;
let visibility: DocumentVisibilityState;

const wake = (target: EventTarget, event: string) => target.dispatchEvent(new Event(event));
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const ready = (resumed: boolean) => `id: e0\nevent: ready\ndata: {"resumed":${String(resumed)}}\n\n`;
const threadEvent = (id: string) => `id: ${id}\nevent: thread\ndata: {"threadId":"t","kind":"message"}\n\n`;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  visibility = "visible";
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
  lines = new Lines();
  seen = [];
  refreshes = 0;
  lives = 0;
  stop = new LiveStream(lines, "/api/events", { onEvent: (event) => seen.push(event), onRefresh: () => (refreshes += 1), onLive: () => (lives += 1) }).start();
  await pass(0);
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

it("hands over what happened, and takes up where it left off", async () => {
  await lines.last.say(ready(false) + threadEvent("e1") + "event: unheard-of\ndata: {}\n\n");
  expect(seen).toEqual([{ type: "thread", threadId: "t", kind: "message" }]);
  expect(refreshes).toBe(1);
  await lines.last.end();
  await pass(1_000);
  expect(lines.opened).toHaveLength(2);
  expect(lines.last.headers).toMatchObject({ "last-event-id": "e1" });
  await lines.last.say(ready(true) + threadEvent("e2"));
  expect(seen).toHaveLength(2);
  expect(refreshes, "what was missed came by itself").toBe(1);
});

it("tells that the practice changed something, without a word of what", async () => {
  await lines.last.say(`${ready(true)}id: e1\nevent: practice\ndata: {}\n\n`);
  expect(seen).toEqual([{ type: "practice" }]);
});

it("says each time that the line stands, also where nothing was missed", async () => {
  expect(lives).toBe(0);
  await lines.last.say(ready(false));
  await lines.last.end();
  await pass(1_000);
  await lines.last.say(ready(true));
  expect(lives).toBe(2);
});

it("asks for everything again after a reset and an event that cannot be read", async () => {
  await lines.last.say(`${ready(true)}event: reset\ndata:\n\nevent: reset\ndata: {}\n\nevent: thread\ndata: {broken\n\n`);
  expect(refreshes).toBeGreaterThanOrEqual(2);
  expect(seen).toEqual([]);
});

it("comes back later and later while nobody answers", async () => {
  lines.refused = new ProblemError("network", 0);
  const tried = vi.spyOn(lines, "stream");
  const gaps: number[] = [];
  await lines.last.end();
  for (let waited = 0; gaps.length < 7 && waited < 200_000; waited += 100) {
    const before = tried.mock.calls.length;
    await pass(100);
    if (tried.mock.calls.length > before) gaps.push(waited);
  }
  const between = gaps.slice(1).map((at, index) => at - (gaps[index] ?? 0));
  expect(between).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
});

it("polls while there is no line and somebody looks, and not otherwise", async () => {
  await lines.last.say(ready(true));
  for (let beat = 0; beat < 4; beat += 1) {
    await lines.last.say(":\n\n");
    await pass(15_000);
  }
  expect(refreshes).toBe(0);
  lines.refused = new ProblemError("network", 0);
  await lines.last.end();
  await pass(30_000);
  expect(refreshes).toBe(2);
  visibility = "hidden";
  wake(document, "visibilitychange");
  await pass(30_000);
  expect(refreshes).toBe(2);
});

it("gives a line up that has been silent for 40 seconds", async () => {
  await lines.last.say(ready(true));
  await pass(39_000);
  expect(lines.opened).toHaveLength(1);
  await pass(7_000);
  expect(lines.opened).toHaveLength(2);
});

it("does not wait when the lid opens or the network returns", async () => {
  await lines.last.say(ready(true));
  await pass(25_000);
  wake(document, "visibilitychange");
  await pass(600);
  expect(lines.opened, "a line that missed a beat").toHaveLength(2);
  await lines.last.say(ready(true));
  wake(document, "visibilitychange");
  await pass(600);
  expect(lines.opened, "a line that stands").toHaveLength(2);
  wake(window, "online");
  await pass(600);
  expect(lines.opened, "another network").toHaveLength(3);

  lines.refused = new ProblemError("network", 0);
  await lines.last.end();
  await pass(60_000);
  lines.refused = null;
  wake(window, "online");
  await pass(0);
  expect(lines.opened).toHaveLength(4);
});

it("gives the line back while the page is hidden", async () => {
  await lines.last.say(ready(true) + threadEvent("e7"));
  visibility = "hidden";
  wake(document, "visibilitychange");
  for (let beat = 0; beat < 5; beat += 1) {
    if (!lines.last.signal.aborted) await lines.last.say(":\n\n");
    await pass(14_000);
  }
  expect(lines.last.signal.aborted).toBe(true);
  await pass(600_000);
  expect(lines.opened).toHaveLength(1);
  visibility = "visible";
  wake(document, "visibilitychange");
  await pass(0);
  expect(lines.opened).toHaveLength(2);
  expect(lines.last.headers).toMatchObject({ "last-event-id": "e7" });
});

it("refreshes the session once when the server says that it ended", async () => {
  await lines.last.say(`${ready(true)}event: closing\ndata: {"reason":"session_ended"}\n\n${threadEvent("late")}`);
  expect(lines.last.signal.aborted).toBe(true);
  expect(seen, "nothing is read after the end").toEqual([]);
  expect(lines.refresh).toHaveBeenCalledTimes(1);
  await pass(1_000);
  expect(lines.opened).toHaveLength(2);
});

it("spreads the way back after a planned end", async () => {
  await lines.last.say(`${ready(true)}event: closing\ndata: {"reason":"shutdown"}\n\n`);
  await pass(1_900);
  expect(lines.opened).toHaveLength(1);
  await pass(200);
  expect(lines.opened).toHaveLength(2);
  expect(lines.refresh).not.toHaveBeenCalled();
});

it("waits as long as a refusal asks for", async () => {
  lines.refused = new ProblemError("rate_limited", 429, undefined, 20);
  await lines.last.end();
  await pass(1_000);
  lines.refused = null;
  await pass(19_000);
  expect(lines.opened).toHaveLength(1);
  await pass(2_000);
  expect(lines.opened).toHaveLength(2);
});

it("is over when it is stopped", async () => {
  await lines.last.say(ready(true));
  stop();
  expect(lines.last.signal.aborted).toBe(true);
  await pass(120_000);
  expect(lines.opened).toHaveLength(1);
  expect(refreshes).toBe(0);
});

it("carries the token, is no person's act, and gets another token where the first ran out", async () => {
  vi.useRealTimers();
  const requests: Headers[] = [];
  server.use(
    http.post("/api/auth/refresh", () => HttpResponse.json({ accessToken: "second", expiresIn: 600 })),
    http.get("/api/events", ({ request }) => {
      requests.push(request.headers);
      return request.headers.get("authorization") === "Bearer second"
        ? new HttpResponse("data: 1\n\n", { headers: { "content-type": "text/event-stream" } })
        : HttpResponse.json({ code: "invalid_token" }, { status: 401 });
    }),
  );
  const api = new ApiClient({ authPath: "/api/auth", onSessionEnd: () => undefined });
  api.setAccessToken("first");
  const response = await api.stream("/api/events", { accept: "text/event-stream" }, new AbortController().signal);
  expect(await response.text()).toBe("data: 1\n\n");
  expect(requests.map((headers) => [headers.get("accept"), headers.get("x-threadwell-activity")])).toEqual([
    ["text/event-stream", null],
    ["text/event-stream", null],
  ]);
});
