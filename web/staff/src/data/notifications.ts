import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { NotificationList } from "@/api/types";
import { causedByPerson } from "../app/activity";
import { api, queryClient } from "../app/session";

const BASE = "/api/notifications";
export const notificationKeys = { all: ["notifications"] as const };

/** How many of one's own notifications wait. */
export function unreadOptions() {
  return queryOptions({
    queryKey: [...notificationKeys.all, "unread"],
    queryFn: async ({ signal }) => (await api.get<NotificationList>(BASE, { query: { limit: 1, unreadOnly: true }, signal })).unread,
  });
}

/** One's own notifications, newest first, page after page. */
export function notificationsOptions(unreadOnly: boolean) {
  return infiniteQueryOptions({
    queryKey: [...notificationKeys.all, "list", unreadOnly],
    queryFn: ({ pageParam, signal }) =>
      api.get<NotificationList>(BASE, { query: { limit: 30, cursor: pageParam, unreadOnly: unreadOnly || undefined }, signal, userAction: causedByPerson() }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.pagination.nextCursor,
  });
}

/** Marks some as read, or all of them. */
export async function markNotificationsRead(which: { ids: string[] } | { all: true }): Promise<void> {
  await api.post(`${BASE}/mark-read`, { body: which, userAction: true });
  await queryClient.invalidateQueries({ queryKey: notificationKeys.all });
}
