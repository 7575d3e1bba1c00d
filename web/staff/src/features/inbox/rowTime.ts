import { daysAgo, shortDate, timeOfDay } from "@/i18n/dates";

/** A time of day for the last week, a date before that. */
export function rowTime(at: string, language: string, now = new Date()): string {
  return daysAgo(at, now) < 7 ? timeOfDay(at, language) : shortDate(at, language, now);
}
