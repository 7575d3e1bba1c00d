import { expect, it } from "vitest";
import { thread } from "../../test/fixtures";
import { newerThan, steady } from "./useSteadyList";

const at = (id: string, minute: number, subject = id) =>
  thread({ id, subject, lastMessageAt: `2026-03-12T09:${String(minute).padStart(2, "0")}:00.000Z` });

const accepted = [at("b", 20), at("c", 10)];

it("keeps every row in its place and counts what would come to the top", () => {
  const newest = [at("a", 40), at("c", 30), at("b", 20)];
  expect(steady(accepted, newest).map(({ id }) => id)).toEqual(["b", "c"]);
  expect(newerThan(accepted, newest)).toBe(2);
});

it("shows changes in rows, keeps rows that left, and adds later pages at the end", () => {
  const newest = [at("b", 20, "changed"), at("d", 5)];
  const shown = steady(accepted, newest);
  expect(shown.map(({ subject }) => subject)).toEqual(["changed", "c", "d"]);
  expect(newerThan(accepted, newest)).toBe(0);
});
