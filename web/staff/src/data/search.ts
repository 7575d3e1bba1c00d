import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { FoundConversations, Practice, RecentSearches, SearchSettings, SearchSuggestions, StaffSearchResults } from "@/api/types";
import { withoutEmptyPages, type Sought } from "@/api/useSeeking";
import { causedByPerson } from "../app/activity";
import { api, queryClient } from "../app/session";

const BASE = "/api/patient-messages/search";
const RECENT = ["search", "recent"] as const;
const PRACTICE = ["search", "practice"] as const;

/** Results keep their places while somebody reads one after the other: each page of them is dear to ask for. */
const KEPT = { staleTime: 60_000, refetchOnWindowFocus: false, refetchOnReconnect: false } as const;

/** What a query finds, newest first, page after page. */
export function searchOptions(query: string) {
  return infiniteQueryOptions({
    queryKey: ["search", "results", query],
    queryFn: ({ pageParam, signal }) =>
      api.get<Sought<StaffSearchResults>>(BASE, { query: { q: query, limit: 20, cursor: pageParam }, signal, userAction: causedByPerson() }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.pagination.nextCursor,
    structuralSharing: withoutEmptyPages,
    ...KEPT,
  });
}

/** The conversations behind those that the first page of a query shows; loaded by hand alone. */
export function conversationsOptions(query: string, cursor: string | null) {
  return infiniteQueryOptions({
    queryKey: ["search", "conversations", query, cursor],
    queryFn: ({ pageParam, signal }) =>
      api.get<FoundConversations>(`${BASE}/conversations`, { query: { q: query, limit: 20, cursor: pageParam }, signal, userAction: causedByPerson() }),
    initialPageParam: cursor,
    getNextPageParam: (page) => page.pagination.nextCursor,
    enabled: false,
    ...KEPT,
  });
}

/** How a query may go on. The last answer stands until the next has come. */
export function suggestionsOptions(text: string) {
  return queryOptions({
    queryKey: ["search", "suggestions", text],
    queryFn: async ({ signal }) =>
      (await api.get<SearchSuggestions>(`${BASE}/suggestions`, { query: { q: text }, signal, userAction: causedByPerson() })).suggestions,
    enabled: text.trim() !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** What one searched for before, newest first. */
export function recentOptions() {
  return queryOptions({
    queryKey: RECENT,
    queryFn: async ({ signal }) => (await api.get<RecentSearches>(`${BASE}/recent`, { signal })).recent,
    staleTime: 60_000,
    retry: false,
  });
}

/** Keeps a query on one's own list; that it could not be kept is no reason to disturb anybody. */
export async function noteRecent(query: string): Promise<void> {
  await api.post(`${BASE}/recent`, { body: { query: query.trim() }, userAction: true }).catch(() => undefined);
  await queryClient.invalidateQueries({ queryKey: RECENT });
}

export async function clearRecent(): Promise<void> {
  await api.delete(`${BASE}/recent`, { userAction: true });
  queryClient.setQueryData(RECENT, []);
}

/** Whether the practice searches message texts, and how far the index is. */
export function practiceSearchOptions() {
  return queryOptions({
    queryKey: PRACTICE,
    queryFn: ({ signal }) => api.get<SearchSettings>("/api/practice/search", { signal }),
    staleTime: 60_000,
  });
}

/** The practice's clock, by which a search reads its dates. */
export function practiceZoneOptions(slug: string) {
  return queryOptions({
    queryKey: ["practice", slug],
    queryFn: async ({ signal }) => (await api.requestPublic<Practice>("GET", `/api/practices/${encodeURIComponent(slug)}`, { signal })).timeZone,
    staleTime: 60 * 60_000,
    retry: false,
  });
}

export async function setBodySearch(bodySearch: boolean): Promise<void> {
  await api.put("/api/practice/search", { body: { bodySearch }, userAction: true });
  await queryClient.invalidateQueries({ queryKey: ["search"] });
}
