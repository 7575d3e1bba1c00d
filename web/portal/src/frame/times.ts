import type { TFunction } from "i18next";
import { daysAgo, longDay, monthDay, shortDate, timeOfDay } from "@/i18n/dates";

/** "Today, 9:58 AM", "Yesterday, 6:20 PM", "Tuesday, March 10", "February 18". */
export function cardTime(at: string, language: string, t: TFunction): string {
  const days = daysAgo(at);
  const time = timeOfDay(at, language);
  if (days <= 0) return t("time.today", { time });
  if (days === 1) return t("time.yesterday", { time });
  const thisYear = new Date(at).getFullYear() === new Date().getFullYear();
  return days < 7 || !thisYear ? longDay(at, language) : monthDay(at, language);
}

/** The time of something that followed a message: the hour alone on the same day. */
export function laterTime(at: string, after: string, language: string): string {
  const sameDay = new Date(at).toDateString() === new Date(after).toDateString();
  const time = timeOfDay(at, language);
  return sameDay ? time : `${shortDate(at, language)}, ${time}`;
}
