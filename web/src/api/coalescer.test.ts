import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Coalescer } from "./coalescer";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("runs at once, then at most once in the gap, and once after the last asking", async () => {
  const task = vi.fn(async () => undefined);
  const coalescer = new Coalescer(task, 1_000);
  for (let event = 0; event < 599; event += 1) {
    coalescer.ask();
    await vi.advanceTimersByTimeAsync(5);
  }
  expect(task).toHaveBeenCalledTimes(3);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(task).toHaveBeenCalledTimes(4);
});

it("never runs beside itself, and again for what was asked meanwhile", async () => {
  let finish: () => void = () => undefined;
  const task = vi.fn(() => new Promise<void>((done) => (finish = done)));
  const coalescer = new Coalescer(task, 100);
  coalescer.ask();
  coalescer.ask();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(task).toHaveBeenCalledTimes(1);
  finish();
  await vi.advanceTimersByTimeAsync(0);
  expect(task).toHaveBeenCalledTimes(2);
});

it("forgets what was asked when it is stopped", async () => {
  const task = vi.fn(async () => undefined);
  const coalescer = new Coalescer(task, 1_000);
  coalescer.ask();
  coalescer.ask();
  coalescer.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(task).toHaveBeenCalledTimes(1);
});
