import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SearchSuggestion } from "@/api/types";
import { recentOptions, suggestionsOptions } from "../../data/search";
import { OPERATORS } from "./query";

const SETTLE_MS = 150;

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** What fits the text so far; recent searches and the operators where there is none. */
export function useSuggestions(text: string): SearchSuggestion[] {
  const { t } = useTranslation();
  const settled = useSettled(text);
  const { data: recent = [] } = useQuery(recentOptions());
  const { data: found = [] } = useQuery(suggestionsOptions(settled));
  if (text.trim() !== "") return settled.trim() === "" ? [] : found;
  return [
    ...recent.map(({ query }): SearchSuggestion => ({ kind: "recent", query, label: query, detail: null })),
    ...OPERATORS.map(({ id, example }): SearchSuggestion => ({ kind: "operator", query: example, label: example.trim(), detail: t(`search.operator.${id}`) })),
  ];
}
