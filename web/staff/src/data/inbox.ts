import { infiniteQueryOptions, queryOptions, type InfiniteData } from "@tanstack/react-query";
import type { InboxCounts, StaffThreadList, Statistics } from "@/api/types";
import { causedByPerson } from "../app/activity";
import { api, queryClient } from "../app/session";
import { firstPage, pageAfter, pageAt, type ListPage } from "./pages";

const BASE = "/api/patient-messages";

/** What a list shows. The search text lives here and in memory, never in the address. */
export interface ThreadFilter {
  status?: string;
  category?: string;
  priority?: string;
  assignedTo?: string;
  assignedTeam?: string;
  unreadOnly?: boolean;
  readOnly?: boolean;
  openOnly?: boolean;
  archived?: boolean;
  /** With one's own star. */
  starred?: boolean;
  search?: string;
}

export const threadKeys = {
  all: ["threads"] as const,
  lists: ["threads", "list"] as const,
  list: (filter: ThreadFilter) => ["threads", "list", filter] as const,
  newest: ["threads", "newest"] as const,
  detail: (id: string) => ["threads", "detail", id] as const,
  counts: ["threads", "counts"] as const,
  statistics: ["threads", "statistics"] as const,
};

/** So many pages of a list are kept: those around what is looked at. What a long scroll costs does not grow with it. */
const MAX_PAGES = 6;

type ListData = InfiniteData<StaffThreadList, ListPage>;

const fetchPage = (filter: ThreadFilter, page: ListPage, signal?: AbortSignal) =>
  api.get<StaffThreadList>(`${BASE}/threads`, {
    query: { ...filter, limit: 50, cursor: page.cursor }, signal, userAction: causedByPerson(),
  });

/** One list, newest first, page after page in both directions. */
export function threadListOptions(filter: ThreadFilter) {
  return infiniteQueryOptions<StaffThreadList, Error, ListData, ReturnType<typeof threadKeys.list>, ListPage>({
    queryKey: threadKeys.list(filter),
    queryFn: ({ pageParam, signal }) => fetchPage(filter, pageParam, signal),
    initialPageParam: firstPage,
    getNextPageParam: (page, _pages, at) => pageAfter(at, page),
    getPreviousPageParam: (_page, _pages, at) => at.previous,
    maxPages: MAX_PAGES,
  });
}

/** When the newest message of a list was sent, for those who have scrolled away from it. */
export function newestAtOptions(filter: ThreadFilter) {
  return queryOptions({
    queryKey: [...threadKeys.newest, filter],
    queryFn: async ({ signal }) =>
      (await api.get<StaffThreadList>(`${BASE}/threads`, { query: { ...filter, limit: 1 }, signal })).threads[0]?.lastMessageAt ?? "",
    gcTime: 0,
  });
}

/** Lets go of what is loaded and loads the page that holds this row: somebody went far up at once. */
export async function openListAt(filter: ThreadFilter, row: number): Promise<void> {
  const queryKey = threadKeys.list(filter);
  const first = queryClient.getQueryData<ListData>(queryKey)?.pageParams[0];
  if (!first || row >= first.before) return;
  const page = pageAt(first, row);
  await queryClient.cancelQueries({ queryKey });
  const loaded = await fetchPage(filter, page);
  queryClient.setQueryData<ListData>(queryKey, { pages: [loaded], pageParams: [page] });
}

/** The rail's numbers. */
export function countsOptions() {
  return queryOptions({
    queryKey: threadKeys.counts,
    queryFn: ({ signal }) => api.get<InboxCounts>(`${BASE}/inbox-counts`, { signal, userAction: causedByPerson() }),
  });
}

/** The tiles' numbers: everything that is not archived and that one's role sees. */
export function statisticsOptions() {
  return queryOptions({
    queryKey: threadKeys.statistics,
    queryFn: ({ signal }) => api.get<Statistics>(`${BASE}/statistics`, { signal, userAction: causedByPerson() }),
    staleTime: 60_000,
  });
}
