import type { NewView, ViewFilter } from "@/api/types";
import { api, queryClient } from "../app/session";
import type { ThreadFilter } from "./inbox";
import { VIEWS_KEY } from "./savedViews";

const BASE = "/api/views";
const refresh = () => queryClient.invalidateQueries({ queryKey: VIEWS_KEY });

export async function createView(view: NewView, idempotencyKey: string): Promise<string> {
  const { id } = await api.post<{ id: string }>(BASE, { body: view, idempotencyKey, userAction: true });
  await refresh();
  return id;
}

export async function updateView(id: string, view: NewView): Promise<void> {
  await api.put(`${BASE}/${id}`, { body: view, userAction: true });
  await refresh();
}

export async function removeView(id: string): Promise<void> {
  await api.delete(`${BASE}/${id}`, { userAction: true });
  await refresh();
}

const several = <T extends string>(terms: string | undefined) => terms?.split(",") as T[] | undefined;

/** What a list shows, as a view keeps it. */
export function viewFilter(terms: ThreadFilter): ViewFilter {
  const { category, status, priority, ...rest } = terms;
  return { categories: several(category), statuses: several(status), priorities: several(priority), ...rest };
}

/** The filter of a saved search. */
export function searchFilter(query: string): ViewFilter {
  return { search: query.trim() };
}

