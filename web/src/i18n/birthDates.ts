import { differenceInYears } from "date-fns";
import { format } from "./dates";

/** A calendar date without a time zone, such as a birth date: "June 2, 1991". */
export function calendarDate(isoDate: string, language: string): string {
  const date = new Date(`${isoDate.slice(0, 10)}T00:00:00Z`);
  return format(language, { dateStyle: "long", timeZone: "UTC" }).format(date);
}

/** Whole years since a birth date. */
export function ageOn(isoDate: string, now = new Date()): number {
  return differenceInYears(now, new Date(`${isoDate.slice(0, 10)}T00:00:00`));
}
