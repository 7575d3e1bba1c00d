import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { networkProblem, ProblemError } from "@/api/problem";
import { DraftKeeper } from "./keeper";

const keepers: DraftKeeper<string>[] = [];

/** A server whose answers the test gives one by one. */
function scene() {
  const calls: { name: string; text: string | null; keepalive: boolean; signal: AbortSignal; answer: () => void; fail: (error: unknown) => void }[] = [];
  const keeper = new DraftKeeper<string>(
    (name, text, { keepalive, signal }) =>
      new Promise<void>((answer, fail) => {
        calls.push({ name, text, keepalive, signal, answer, fail });
        signal.addEventListener("abort", () => fail(signal.reason));
      }),
  );
  keepers.push(keeper);
  const saved = () => calls.map(({ text }) => text);
  return { keeper, calls, saved };
}

const later = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** Words whose save hangs, so that it is called back before they are sent. */
async function hangingSave(keeper: DraftKeeper<string>): Promise<void> {
  keeper.changed("a", "One");
  await later(1_000);
  const held = keeper.hold("a");
  await later(3_000);
  await held;
}

/** Leaves the page; whether the browser would ask first. */
function asksBeforeLeaving(): boolean {
  const event = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  keepers.splice(0).forEach((keeper) => keeper.forget());
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("words that are being written", () => {
  it("are saved a second after the last key, and now and then while it goes on", async () => {
    const { keeper, calls, saved } = scene();
    keeper.changed("a", "D");
    await later(600);
    keeper.changed("a", "Dear");
    await later(999);
    expect(saved()).toEqual([]);
    await later(1);
    expect(saved()).toEqual(["Dear"]);
    expect(keeper.standingOf("a")).toBe("unsaved");
    calls[0]?.answer();
    await later(0);
    expect(keeper.standingOf("a")).toBe("saved");
    for (let second = 0; second < 22; second += 1) {
      keeper.changed("a", `Dear ${second}`);
      await later(500);
    }
    expect(saved()).toHaveLength(2);
  });

  it("are saved one after the other, so that the last one counts", async () => {
    const { keeper, calls, saved } = scene();
    keeper.changed("a", "One");
    await later(1_000);
    keeper.changed("a", "Two");
    await later(5_000);
    expect(saved()).toEqual(["One"]);
    calls[0]?.answer();
    await later(1_000);
    expect(saved()).toEqual(["One", "Two"]);
    expect(keeper.standingOf("a")).toBe("unsaved");
  });

  it("are saved at once when the page is hidden or left, by a call that outlives it", async () => {
    const { keeper, calls } = scene();
    keeper.changed("a", "One");
    keeper.changed("b", "Two");
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    expect(calls.map(({ name, text, keepalive }) => [name, text, keepalive])).toEqual([["a", "One", true], ["b", "Two", true]]);
    keeper.changed("b", "Three");
    window.dispatchEvent(new Event("pagehide"));
    expect(calls.at(-1)).toMatchObject({ name: "b", text: "Three", keepalive: true });
  });

  it("are asked about before the page goes until the server has them", async () => {
    const { keeper, calls } = scene();
    expect(asksBeforeLeaving()).toBe(false);
    keeper.changed("a", "One");
    expect(asksBeforeLeaving()).toBe(true);
    calls.forEach(({ answer }) => answer());
    await later(0);
    expect(asksBeforeLeaving()).toBe(false);
    keeper.changed("a", null);
    expect(asksBeforeLeaving()).toBe(false);
  });

  it("are tried again quietly where no server was found, and not where it refused them", async () => {
    const { keeper, calls, saved } = scene();
    keeper.changed("a", "One");
    await later(1_000);
    calls[0]?.fail(networkProblem());
    await later(14_999);
    expect(saved()).toEqual(["One"]);
    await later(1);
    expect(saved()).toEqual(["One", "One"]);
    calls[1]?.fail(new ProblemError("validation_failed", 422));
    await later(60_000);
    expect(saved()).toHaveLength(2);
    expect(keeper.hasUnsaved).toBe(true);
  });
});

describe("words that are sent", () => {
  it("wait for a save that is on its way, and leave no later one behind", async () => {
    const { keeper, calls, saved } = scene();
    keeper.changed("a", "One");
    await later(1_000);
    keeper.changed("a", "One two");
    let held = false;
    void keeper.hold("a").then(() => (held = true));
    await later(10);
    expect(held).toBe(false);
    calls[0]?.answer();
    await later(10);
    expect(held).toBe(true);
    keeper.flush();
    keeper.sent("a");
    await later(60_000);
    expect(saved()).toEqual(["One"]);
  });

  it("do not wait for ever: a save that hangs is called back, and what it may have left is cleared past a reload", async () => {
    const { keeper, calls, saved } = scene();
    await hangingSave(keeper);
    await later(60_000);
    expect(saved()).toEqual(["One"]);
    keeper.sent("a");
    await later(60_000);
    expect(saved()).toEqual(["One", null]);
    expect(calls[1]?.keepalive).toBe(true);
  });

  it("clear what an earlier try's save may have left, though a later one came home", async () => {
    const { keeper, calls, saved } = scene();
    await hangingSave(keeper);
    keeper.release("a");
    await later(20_000);
    calls[1]?.answer();
    await later(0);
    await keeper.hold("a");
    keeper.sent("a");
    await later(60_000);
    expect(saved()).toEqual(["One", "One", null]);
  });

  it("let later words wait for the clearing", async () => {
    const { keeper, calls, saved } = scene();
    await hangingSave(keeper);
    keeper.sent("a");
    keeper.changed("a", "Two");
    await later(5_000);
    expect(saved()).toEqual(["One", null]);
    calls[1]?.answer();
    await later(1_000);
    expect(saved()).toEqual(["One", null, "Two"]);
  });

  it("are saved after all when they could not be sent", async () => {
    const { keeper, saved } = scene();
    keeper.changed("a", "One");
    await keeper.hold("a");
    await later(5_000);
    keeper.release("a");
    await later(1_000);
    expect(saved()).toEqual(["One"]);
  });
});

it("calls back what is on its way when it forgets", async () => {
  const { keeper, calls } = scene();
  keeper.changed("a", "One");
  await later(1_000);
  keeper.forget();
  await later(60_000);
  expect(calls.map(({ signal }) => signal.aborted)).toEqual([true]);
});

it("tells whether words were touched since they were asked for", () => {
  const { keeper } = scene();
  const [untouched, afterForgetting] = [keeper.watch("a"), keeper.watch("b")];
  expect(untouched()).toBe(true);
  keeper.changed("a", "One");
  expect(untouched()).toBe(false);
  keeper.forget();
  expect(afterForgetting()).toBe(false);
});
