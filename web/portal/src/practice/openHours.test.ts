import { expect, it } from "vitest";
import type { Practice } from "@/api/types";
import { riverside } from "../../tests/fixtures";
import { openStateOf } from "./openHours";

const weekdays = [0, 1, 2, 3, 4].map((day) => ({ day, from: "08:00", to: "17:00" }));
const practice = (change: Partial<Practice> = {}): Practice => ({
  ...riverside, businessHours: weekdays, holidays: [{ date: "2026-11-26", name: "Thanksgiving" }], ...change,
});
const at = (time: string, change?: Partial<Practice>) => openStateOf(practice(change), new Date(time));

it("goes by the practice's own clock", () => {
  // Wednesday, 8:30 in New York, 5:30 in Los Angeles.
  expect(at("2026-03-11T12:30:00Z")).toEqual({ kind: "open", until: "17:00" });
  expect(at("2026-03-11T12:30:00Z", { timeZone: "America/Los_Angeles" })).toMatchObject({ kind: "closed", opens: { day: "2026-03-11", inDays: 0, at: "08:00" } });
});

it("is open from the first minute and closed from the last", () => {
  expect(at("2026-03-11T12:00:00Z")?.kind).toBe("open");
  expect(at("2026-03-11T20:59:00Z")?.kind).toBe("open");
  expect(at("2026-03-11T21:00:00Z")).toMatchObject({ kind: "closed", opens: { day: "2026-03-12", inDays: 1 } });
});

it("names Monday on a Saturday, over the change of clocks", () => {
  expect(at("2026-03-07T18:00:00Z")).toEqual({ kind: "closed", holiday: null, opens: { day: "2026-03-09", inDays: 2, at: "08:00" } });
});

it("keeps holidays, and names them", () => {
  expect(at("2026-11-26T15:00:00Z")).toEqual({ kind: "closed", holiday: "Thanksgiving", opens: { day: "2026-11-27", inDays: 1, at: "08:00" } });
  expect(at("2026-11-25T23:00:00Z")).toMatchObject({ holiday: null, opens: { day: "2026-11-27", inDays: 2 } });
});

it("closes for lunch only where the hours leave a gap", () => {
  const morning = { day: 2, from: "08:00", to: "12:00" };
  const noon = "2026-03-11T16:30:00Z";
  expect(at(noon, { businessHours: [{ day: 2, from: "13:00", to: "17:00" }, morning] })).toMatchObject({ kind: "closed", opens: { inDays: 0, at: "13:00" } });
  expect(at(noon, { businessHours: [{ day: 2, from: "12:00", to: "17:00" }, morning] })).toEqual({ kind: "open", until: "17:00" });
});

it("says nothing where the practice set no hours", () => {
  expect(at("2026-03-11T12:30:00Z", { businessHours: [] })).toBeNull();
});

it("promises no opening that it does not know", () => {
  const holidays = Array.from({ length: 30 }, (_, days) => ({ date: new Date(Date.UTC(2026, 2, 9 + days)).toISOString().slice(0, 10), name: "Moving" }));
  expect(at("2026-03-11T12:30:00Z", { holidays })).toEqual({ kind: "closed", holiday: "Moving", opens: null });
});
