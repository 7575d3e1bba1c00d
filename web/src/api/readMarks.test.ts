import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ProblemError } from "./problem";
import { ReadMarks } from "./readMarks";

let refusal: ProblemError | null;
const tell = vi.fn<(threadId: string, messageId: string, isFirst: boolean) => Promise<void>>(async () => {
  if (refusal) throw refusal;
});
let marks: ReadMarks;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
  refusal = null;
  tell.mockClear();
  marks = new ReadMarks(tell);
});

afterEach(() => vi.useRealTimers());

it.each([["network", 0], ["dependency_unavailable", 503], ["rate_limited", 429]])("tells the server again what it could not take: %s", async (code, status) => {
  refusal = new ProblemError(code, status);
  marks.mark("t1", "m1");
  await pass(0);
  refusal = null;
  await pass(60_000);
  expect(tell.mock.calls).toEqual([["t1", "m1", true], ["t1", "m1", false]]);
});

it("does not wait when the server may be there again, and keeps every conversation's newest", async () => {
  refusal = new ProblemError("network", 0);
  marks.mark("t1", "m1");
  marks.mark("t2", "m5");
  await pass(0);
  marks.mark("t1", "m2");
  await pass(0);
  refusal = null;
  tell.mockClear();
  marks.again();
  await pass(60_000);
  expect(tell.mock.calls).toEqual([["t1", "m2", false], ["t2", "m5", false]]);
});

it("comes back later and later while nobody answers", async () => {
  refusal = new ProblemError("network", 0);
  marks.mark("t1", "m1");
  await pass(10 * 60_000);
  expect(tell.mock.calls.length).toBeLessThan(30);
});

it("tells what was read while another was on its way", async () => {
  marks.mark("t1", "m1");
  marks.mark("t1", "m2");
  await pass(0);
  expect(tell.mock.calls.map(([, messageId]) => messageId)).toEqual(["m1", "m2"]);
});

it("takes a refusal for an answer", async () => {
  refusal = new ProblemError("not_found", 404);
  marks.mark("t1", "m1");
  await pass(60_000);
  marks.again();
  await pass(0);
  expect(tell).toHaveBeenCalledTimes(1);
});

it("says nothing more of what its reader wants to be unread, or once they have left", async () => {
  refusal = new ProblemError("network", 0);
  for (const id of ["t1", "t2", "t3"]) marks.mark(id, "m1");
  await pass(0);
  tell.mockClear();
  void marks.letGo("t2");
  marks.again();
  await pass(0);
  expect(tell.mock.calls.map(([threadId]) => threadId)).toEqual(["t1", "t3"]);
  marks.forget();
  await pass(60_000);
  expect(tell).toHaveBeenCalledTimes(2);
});

it("lets somebody wait for the mark on its way before they say that it is unread", async () => {
  let answer: () => void = () => undefined;
  tell.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
  marks.mark("t1", "m1");
  marks.mark("t1", "m2");
  const gone = vi.fn();
  void marks.letGo("t1").then(gone);
  await pass(5_000);
  expect(gone).not.toHaveBeenCalled();
  answer();
  await pass(0);
  expect(gone).toHaveBeenCalled();
  await pass(60_000);
  expect(tell).toHaveBeenCalledTimes(1);
});
