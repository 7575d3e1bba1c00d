/** A birth date as somebody writes it, in three fields. */
export interface WrittenDate {
  day: string;
  month: string;
  year: string;
}

export const noDate: WrittenDate = { day: "", month: "", year: "" };

export type DateProblem = "missing" | "year" | "unknown";

const OLDEST_YEARS = 130;

/** The calendar date of three fields as `1991-06-02`, or what is wrong with them. */
export function birthDateOf({ day, month, year }: WrittenDate, now = new Date()): { date: string } | { problem: DateProblem } {
  const [d, m, y] = [day, month, year].map((part) => part.trim());
  if (!d || !m || !y) return { problem: "missing" };
  if (!/^\d{4}$/.test(y)) return { problem: "year" };
  if (!/^\d{1,2}$/.test(d) || !/^\d{1,2}$/.test(m)) return { problem: "unknown" };
  const date = new Date(Date.UTC(Number(y), Number(m) - 1, Number(d)));
  const isReal = date.getUTCFullYear() === Number(y) && date.getUTCMonth() === Number(m) - 1 && date.getUTCDate() === Number(d);
  const isPossible = date <= now && Number(y) > now.getUTCFullYear() - OLDEST_YEARS;
  return isReal && isPossible ? { date: date.toISOString().slice(0, 10) } : { problem: "unknown" };
}
