import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Category, InboxCounts, Priority, StaffThreadList } from "@/api/types";
import { causedByPerson } from "../app/activity";
import { api } from "../app/session";

const BASE = "/api/patient-messages";

/** What a list shows. The search text lives here and in memory, never in the address. */
export interface ThreadFilter {
  status?: string;
  category?: Category;
  priority?: Priority;
  assignedTo?: string;
  assignedTeam?: string;
  unreadOnly?: boolean;
  readOnly?: boolean;
  openOnly?: boolean;
  archived?: boolean;
  search?: string;
}

export const threadKeys = {
  all: ["threads"] as const,
  lists: ["threads", "list"] as const,
  list: (filter: ThreadFilter) => ["threads", "list", filter] as const,
  detail: (id: string) => ["threads", "detail", id] as const,
  counts: ["threads", "counts"] as const,
};

/** One list, newest first, page after page. */
export function threadListOptions(filter: ThreadFilter) {
  return infiniteQueryOptions({
    queryKey: threadKeys.list(filter),
    queryFn: ({ pageParam, signal }) =>
      api.get<StaffThreadList>(`${BASE}/threads`, {
        query: { ...filter, limit: 50, cursor: pageParam }, signal, userAction: causedByPerson(),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.pagination.nextCursor,
  });
}

/** The rail's numbers. */
export function countsOptions() {
  return queryOptions({
    queryKey: threadKeys.counts,
    queryFn: ({ signal }) => api.get<InboxCounts>(`${BASE}/inbox-counts`, { signal, userAction: causedByPerson() }),
  });
}
