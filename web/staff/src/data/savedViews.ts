import { queryOptions } from "@tanstack/react-query";
import type { SavedView, SavedViewList, ViewFilter } from "@/api/next";
import { api } from "../app/session";
import type { ThreadFilter } from "./inbox";

export const VIEWS_KEY = ["views"] as const;
const PREFIX = "saved-";

/** One's own views and those that colleagues share. */
export function savedViewsOptions() {
  return queryOptions({
    queryKey: VIEWS_KEY,
    queryFn: async ({ signal }) => (await api.get<SavedViewList>("/api/views", { signal })).views,
    staleTime: 5 * 60_000,
  });
}

/** A saved view's part of the address: its id alone, for a name may be a patient's. */
export function viewKey({ id }: Pick<SavedView, "id">): string {
  return PREFIX + id;
}

/** Whether a part of an address could name a saved view. */
export function isViewKey(text: string): boolean {
  return /^saved-[0-9a-f-]{36}$/i.test(text);
}

/** A saved view's terms as the list asks for them; its search has a page of results of its own. */
export function listTerms(filter: ViewFilter): ThreadFilter {
  const { categories, statuses, priorities, assignedTo, assignedTeam, unreadOnly, readOnly, openOnly, archived } = filter;
  return {
    category: categories?.join() || undefined, status: statuses?.join() || undefined, priority: priorities?.join() || undefined,
    assignedTo, assignedTeam, unreadOnly, readOnly, openOnly, archived,
  };
}
