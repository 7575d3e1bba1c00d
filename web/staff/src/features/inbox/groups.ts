import type { TFunction } from "i18next";
import type { StaffThread } from "@/api/types";
import { daysAgo, longDay, shortDate, timeOfDay } from "@/i18n/dates";

export interface DayGroup {
  id: string;
  title: string;
  threads: StaffThread[];
}

/** Groups a list that is sorted newest first by calendar day; a week and more ago is one group. */
export function byDay(threads: StaffThread[], t: TFunction, language: string, now = new Date()): DayGroup[] {
  const groups: DayGroup[] = [];
  for (const thread of threads) {
    const days = daysAgo(thread.lastMessageAt, now);
    const title =
      days <= 0 ? t("list.today") : days === 1 ? t("list.yesterday")
      : days < 7 ? longDay(thread.lastMessageAt, language, now) : t("list.earlier");
    const last = groups.at(-1);
    if (last?.title === title) last.threads.push(thread);
    else groups.push({ id: `day-${groups.length}`, title, threads: [thread] });
  }
  return groups;
}

/** A time of day for the last week, a date before that. */
export function rowTime(at: string, language: string, now = new Date()): string {
  return daysAgo(at, now) < 7 ? timeOfDay(at, language) : shortDate(at, language, now);
}
