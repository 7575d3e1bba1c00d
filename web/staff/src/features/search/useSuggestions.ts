import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { SearchSuggestion } from "@/api/types";
import { useSettled } from "../../app/useSettled";
import { recentOptions, suggestionsOptions } from "../../data/search";
import { OPERATORS } from "./query";
import { useDateHints } from "./useDateHints";

/** What fits the text so far; recent searches and the operators where there is none. */
export function useSuggestions(text: string): SearchSuggestion[] {
  const { t } = useTranslation();
  const settled = useSettled(text);
  const { data: recent = [] } = useQuery(recentOptions());
  const { data: found = [] } = useQuery(suggestionsOptions(settled));
  const dates = useDateHints(text);
  // The server knows no value of a date.
  if (dates.length > 0) return dates;
  if (text.trim() !== "") return settled.trim() === "" ? [] : found;
  return [
    ...recent.map(({ query }): SearchSuggestion => ({ kind: "recent", query, label: query, detail: null })),
    ...OPERATORS.map(({ id, example }): SearchSuggestion => ({ kind: "operator", query: example, label: example.trim(), detail: t(`search.operator.${id}`) })),
  ];
}
