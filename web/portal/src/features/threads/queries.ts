import { infiniteQueryOptions, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { isProblem } from "@/api/problem";
import type {
  MessageSent, NewPortalMessage, NewPortalThread, PortalThread, PortalThreadList, ThreadCreated,
} from "@/api/types";
import { client } from "../../session/session";
import type { ListFilter } from "./filters";
import { statusesOf } from "./filters";

export const BASE = "/api/patient-portal/messages";
const LIST_PAGE = 20;

/** Every answer about threads stands below this key: one invalidation refreshes all that is shown. */
export const THREADS = ["threads"] as const;

/** The list, newest first, page by page. */
export function threadListQuery(filter: ListFilter) {
  const query = {
    status: statusesOf(filter.show),
    unreadOnly: filter.show === "new" ? true : undefined,
    category: filter.kind,
    limit: LIST_PAGE,
  };
  return infiniteQueryOptions({
    queryKey: [...THREADS, "list", query],
    queryFn: ({ pageParam, signal }) =>
      client.get<PortalThreadList>(`${BASE}/threads`, { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.pagination.hasMore ? last.pagination.nextCursor : null),
  });
}

const refreshed = (queries: QueryClient) => queries.invalidateQueries({ queryKey: THREADS });

/** Starts a conversation. The key makes "Send again" safe. */
export function useStartThread() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: NewPortalThread; key: string }) =>
      client.post<ThreadCreated>(`${BASE}/threads`, { body, idempotencyKey: key, userAction: true }),
    onSuccess: () => void refreshed(queries),
  });
}

/** Sends a message in a conversation; resolves when the screen shows it. */
export function useSendMessage(threadId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: NewPortalMessage; key: string }) =>
      client.post<MessageSent>(`${BASE}/threads/${encodeURIComponent(threadId)}/messages`, {
        body, idempotencyKey: key, userAction: true,
      }),
    onSuccess: () => refreshed(queries),
    // What was missed stands on the screen when the writer comes back to their words.
    onError: (problem) => {
      if (isProblem(problem, "stale_reply")) void refreshed(queries);
    },
  });
}

/** Shuts those who help the patient out of a conversation, or lets them in again. */
export function useKeepPrivate(threadId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (isConfidential: boolean) =>
      client.put<PortalThread>(`${BASE}/threads/${encodeURIComponent(threadId)}`, { body: { isConfidential }, userAction: true }),
    onSuccess: () => refreshed(queries),
  });
}
