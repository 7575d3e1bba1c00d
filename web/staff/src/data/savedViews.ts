import { queryOptions } from "@tanstack/react-query";
import type { SavedView, ViewFilter, ViewList } from "@/api/types";
import { api } from "../app/session";
import type { ThreadFilter } from "./inbox";

export const VIEWS_KEY = ["views"] as const;
const PREFIX = "saved-";

/** Whether a view's name and filter are what somebody saved. */
export const isReadable = ({ integrity }: SavedView): boolean => integrity === "ok";

/** One's own views and those that colleagues share. */
export function allViewsOptions() {
  return queryOptions({
    queryKey: VIEWS_KEY,
    queryFn: async ({ signal }) => (await api.get<ViewList>("/api/views", { signal })).views,
    staleTime: 5 * 60_000,
  });
}

const readableOnes = (views: SavedView[]) => views.filter(isReadable);

/** Those to open: without its filter, a view would list everything under a name that says otherwise. */
export function savedViewsOptions() {
  return { ...allViewsOptions(), select: readableOnes };
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
