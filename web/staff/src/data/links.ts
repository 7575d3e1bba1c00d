import { queryOptions } from "@tanstack/react-query";
import type { StaffThreadList } from "@/api/types";
import { causedByPerson } from "../app/activity";
import { api, queryClient } from "../app/session";
import { threadKeys } from "./inbox";

const BASE = "/api/patient-messages/threads";

// The tie shows on both sides.
const refresh = (...ids: string[]) => Promise.all(ids.map((id) => queryClient.invalidateQueries({ queryKey: threadKeys.detail(id) })));

/** Ties two conversations together, for staff alone. */
export async function linkThreads(id: string, other: string): Promise<void> {
  await api.post(`${BASE}/${id}/links`, { body: { threadId: other }, userAction: true });
  await refresh(id, other);
}

export async function unlinkThreads(id: string, other: string): Promise<void> {
  await api.delete(`${BASE}/${id}/links/${other}`, { userAction: true });
  await refresh(id, other);
}

/** Conversations that might be meant, by their words or their patient. */
export function linkableOptions(search: string) {
  return queryOptions({
    queryKey: ["threads", "linkable", search],
    queryFn: async ({ signal }) =>
      (await api.get<StaffThreadList>(BASE, { query: { search, limit: 10 }, signal, userAction: causedByPerson() })).threads,
    enabled: search !== "",
  });
}
