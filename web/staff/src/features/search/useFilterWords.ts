import { useTranslation } from "react-i18next";
import type { UnderstoodFilter } from "@/api/types";
import { calendarDate } from "@/i18n/birthDates";

/** Values with words of their own; whatever else is typed after `from:` and `assigned:` is somebody's name. */
const WORDS: Record<string, readonly string[]> = {
  from: ["me", "patient", "staff"], assigned: ["me", "none", "mine"], has: ["attachment"], is: ["unread", "archived"], in: ["notes", "messages"],
};

/** A filter in the reader's own words: the server tells name and value as they are typed, and people by their names. */
export function useFilterWords(): (filter: UnderstoodFilter) => string {
  const { t, i18n } = useTranslation();
  return ({ name, value, label }) => {
    if (WORDS[name]?.includes(value)) return t(`search.reads.${name}.${value}`);
    if (name === "category" || name === "status") return t(`search.reads.${name}`, { value: t(`domain.${name}.${value}`) });
    if (name === "before" || name === "after") return t(`search.reads.${name}`, { value: calendarDate(value, i18n.language) });
    if (name === "from" || name === "assigned") return t(`search.reads.${name}.person`, { value: label });
    return `${name}: ${label}`;
  };
}
