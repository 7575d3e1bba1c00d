import { differenceInCalendarDays } from "date-fns";

const formatters = new Map<string, Intl.DateTimeFormat>();

/** A formatter of the reader's language, made once. */
export function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  // Staff and patients read 12-hour times in both languages, as the practice's forms do.
  const locale = language === "es" ? "es-US" : "en-US";
  const key = locale + JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) formatters.set(key, (found = new Intl.DateTimeFormat(locale, options)));
  return found;
}

/** "9:42 AM" */
export function timeOfDay(at: string | Date, language: string): string {
  return format(language, { hour: "numeric", minute: "2-digit", hour12: true }).format(new Date(at));
}

/** "Mar 11", with the year when it is not this one. */
export function shortDate(at: string | Date, language: string, now = new Date()): string {
  const date = new Date(at);
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return format(language, { month: "short", day: "numeric", year }).format(date);
}

/** "Wednesday, March 11", with the year when it is not this one. */
export function longDay(at: string | Date, language: string, now = new Date()): string {
  const date = new Date(at);
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return format(language, { weekday: "long", month: "long", day: "numeric", year }).format(date);
}

/** "March 11" */
export function monthDay(at: string | Date, language: string): string {
  return format(language, { month: "long", day: "numeric" }).format(new Date(at));
}

/** "Wednesday, March 11, 2026 at 9:42 AM": for tooltips. */
export function fullDateTime(at: string | Date, language: string): string {
  return format(language, { dateStyle: "full", timeStyle: "short" }).format(new Date(at));
}

/** How many calendar days ago, in the reader's own time zone. */
export function daysAgo(at: string | Date, now = new Date()): number {
  return differenceInCalendarDays(now, new Date(at));
}
