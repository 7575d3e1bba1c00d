import { getLocalTimeZone, today } from "@internationalized/date";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { SearchSuggestion } from "@/api/types";
import { useMe } from "../../app/session";
import { practiceZoneOptions } from "../../data/search";

/** A query that ends in a date which is not whole yet: what stands before it, the filter, the date so far. */
const OPEN_DATE = /^(.*\s|)(before|after):([\d-]*)$/is;

const AGES = [
  { id: "today", ago: {} }, { id: "week", ago: { weeks: 1 } }, { id: "month", ago: { months: 1 } }, { id: "year", ago: { years: 1 } },
] as const;

/** Days that `before:` and `after:` are mostly asked for, by the calendar of the practice, as the server reads them. */
export function useDateHints(text: string): SearchSuggestion[] {
  const { t } = useTranslation();
  const { tenant } = useMe();
  const open = OPEN_DATE.exec(text);
  const { data: zone = getLocalTimeZone() } = useQuery({ ...practiceZoneOptions(tenant.slug), enabled: open !== null });
  if (!open) return [];
  const [, before = "", name = "", typed = ""] = open;
  const days = AGES.map(({ id, ago }) => ({ id, day: today(zone).subtract(ago).toString() }));
  return days
    .filter(({ day }) => day.startsWith(typed) && day !== typed)
    .map(({ id, day }) => ({ kind: "value", query: `${before}${name.toLowerCase()}:${day} `, label: day, detail: t(`search.ago.${id}`) }));
}
