import type { Practice, PracticeHours } from "@/api/types";

/** Whether somebody is at the practice now; null when the practice set no hours. Days are `2026-03-11`, times `17:00`. */
export type OpenState =
  | { kind: "open"; until: string }
  | { kind: "closed"; holiday: string | null; opens: { day: string; inDays: number; at: string } | null };

interface Moment {
  day: string;
  time: string;
}

const DAYS_AHEAD = 21;

/** Date and time on the practice's wall. */
function wallClock(now: Date, timeZone: string): Moment {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  return { day: `${part("year")}-${part("month")}-${part("day")}`, time: `${part("hour")}:${part("minute")}` };
}

/** Noon keeps a calendar day the same day wherever it is read. */
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

function dayAfter(day: string, days: number): string {
  const date = noon(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The day's stretches in order; those that touch are one, and a holiday has none. */
function stretchesOf({ businessHours, holidays }: Practice, day: string): PracticeHours[] {
  if (holidays.some(({ date }) => date === day)) return [];
  // The practice counts from Monday.
  const weekday = (noon(day).getUTCDay() + 6) % 7;
  const sorted = businessHours.filter((hours) => hours.day === weekday).sort((a, b) => a.from.localeCompare(b.from));
  return sorted.reduce<PracticeHours[]>((merged, next) => {
    const last = merged.at(-1);
    if (!last || next.from > last.to) return [...merged, next];
    return [...merged.slice(0, -1), { ...last, to: next.to > last.to ? next.to : last.to }];
  }, []);
}

function nextOpening(practice: Practice, { day, time }: Moment) {
  for (let inDays = 0; inDays <= DAYS_AHEAD; inDays += 1) {
    const on = dayAfter(day, inDays);
    const next = stretchesOf(practice, on).find(({ from }) => inDays > 0 || from > time);
    if (next) return { day: on, inDays, at: next.from };
  }
  return null;
}

/** Whether the practice is open, by its own clock, hours and holidays. */
export function openStateOf(practice: Practice, now: Date): OpenState | null {
  const { businessHours, holidays, timeZone } = practice;
  if (businessHours.length === 0) return null;
  const moment = wallClock(now, timeZone);
  const open = stretchesOf(practice, moment.day).find(({ from, to }) => from <= moment.time && moment.time < to);
  if (open) return { kind: "open", until: open.to };
  const holiday = holidays.find(({ date }) => date === moment.day)?.name ?? null;
  return { kind: "closed", holiday, opens: nextOpening(practice, moment) };
}

/** Whether the reader's clock shows another time than the practice's. */
export function isElsewhere(timeZone: string, now: Date): boolean {
  const own = wallClock(now, Intl.DateTimeFormat().resolvedOptions().timeZone);
  const there = wallClock(now, timeZone);
  return own.day !== there.day || own.time !== there.time;
}
