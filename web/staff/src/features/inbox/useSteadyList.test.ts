import { expect, it } from "vitest";
import { thread } from "../../test/fixtures";
import { steady, upToDate, wouldRise, type Stretch } from "./useSteadyList";

const at = (id: string, minute: number, subject = id) =>
  thread({ id, subject, lastMessageAt: `2026-03-12T09:${String(minute).padStart(2, "0")}:00.000Z` });
const stretch = (before: number, ...threads: Stretch["threads"]): Stretch => ({ before, threads });
const ids = ({ threads }: Stretch) => threads.map(({ id }) => id);

const accepted = stretch(0, at("b", 20), at("c", 10));

it("keeps every row in its place and counts what would come to the top", () => {
  const newest = stretch(0, at("a", 40), at("c", 30), at("b", 20));
  expect(ids(steady(accepted, newest))).toEqual(["b", "c"]);
  expect(wouldRise(accepted, newest)).toBe(2);
});

it("shows changes in rows, keeps rows that left, and adds later pages at the end", () => {
  const newest = stretch(0, at("b", 20, "changed"), at("d", 5));
  const shown = steady(accepted, newest);
  expect(shown.threads.map(({ subject }) => subject)).toEqual(["changed", "c", "d"]);
  expect(wouldRise(accepted, newest)).toBe(0);
});

it("lets go of the pages that were let go above, and takes them back on the way up", () => {
  const whole = stretch(0, at("a", 50), at("b", 40), at("c", 30), at("d", 20));
  const lower = steady(whole, stretch(2, at("c", 30), at("d", 20), at("e", 10)));
  expect(lower.before).toBe(2);
  expect(ids(lower)).toEqual(["c", "d", "e"]);
  const upper = steady(lower, stretch(0, at("a", 50), at("b", 40), at("c", 30), at("d", 20)));
  expect(upper.before).toBe(0);
  expect(ids(upper).slice(0, 4)).toEqual(["a", "b", "c", "d"]);
  expect(wouldRise(lower, stretch(2, at("x", 59)))).toBe(0);
});

it("says what is true of every row in its old place", () => {
  const newest = stretch(0, at("c", 30, "answered"), at("b", 20));
  const shown = upToDate(steady(accepted, newest), newest);
  expect(shown.threads.map(({ subject }) => subject)).toEqual(["b", "answered"]);
  expect(wouldRise(accepted, newest)).toBe(1);
});

it("waits for nothing where the order stays", () => {
  expect(wouldRise(accepted, stretch(0, at("b", 40, "answered"), at("c", 10), at("d", 5)))).toBe(0);
  expect(wouldRise(stretch(0, at("b", 20), at("c", 10), at("d", 5)), stretch(0, at("b", 40), at("d", 30), at("c", 10)))).toBe(1);
});
