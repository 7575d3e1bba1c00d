import { daysAgo, shortDate, timeOfDay } from "@/i18n/dates";

/** Below the line of its day: a time of day for the last week, a date before that. */
export function rowTime(at: string, language: string, now = new Date()): string {
  return daysAgo(at, now) < 7 ? timeOfDay(at, language) : shortDate(at, language, now);
}

/** Where no line names the day: a time of day for today alone. */
export function tableTime(at: string, language: string, now = new Date()): string {
  return daysAgo(at, now) < 1 ? timeOfDay(at, language) : shortDate(at, language, now);
}
