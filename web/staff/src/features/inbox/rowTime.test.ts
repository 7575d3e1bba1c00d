import { expect, it } from "vitest";
import { rowTime, tableTime } from "./rowTime";

const now = new Date(2026, 10, 26, 9, 30);
const at = (day: number) => new Date(2026, 10, day, 22, 9).toISOString();

it("names the day where no line above does, but for today", () => {
  const morning = new Date(2026, 10, 26, 8, 5).toISOString();
  expect(tableTime(morning, "en", now)).toMatch(/8:05.AM/);
  expect(tableTime(at(25), "en", now)).toBe("Nov 25");
  expect(rowTime(at(25), "en", now)).toMatch(/10:09.PM/);
  expect(rowTime(at(12), "en", now)).toBe("Nov 12");
});
