import { queryOptions } from "@tanstack/react-query";
import type { CannedResponse, CannedResponseList, CannedResponseVersions, NewCannedResponse } from "@/api/types";
import { api, queryClient } from "../app/session";

const KEY = ["canned-responses"] as const;
const BASE = "/api/canned-responses";

/** Every canned response that is in use. */
export function cannedOptions() {
  return queryOptions({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await api.get<CannedResponseList>(BASE, { signal })).cannedResponses,
    staleTime: 60_000,
  });
}

const refresh = () => queryClient.invalidateQueries({ queryKey: KEY });

export async function createCanned(input: NewCannedResponse, idempotencyKey: string): Promise<void> {
  await api.post(BASE, { body: input, idempotencyKey, userAction: true });
  await refresh();
}

export async function updateCanned(id: string, input: NewCannedResponse): Promise<void> {
  await api.put<CannedResponse>(`${BASE}/${id}`, { body: input, userAction: true });
  await refresh();
}

export async function removeCanned(id: string): Promise<void> {
  await api.delete(`${BASE}/${id}`, { userAction: true });
  await refresh();
}

/** How a canned response read over time, the newest first. */
export function cannedVersionsOptions(id: string) {
  return queryOptions({
    queryKey: [...KEY, id, "versions"],
    queryFn: async ({ signal }) =>
      (await api.get<CannedResponseVersions>(`${BASE}/${id}/versions`, { signal })).versions.toSorted((a, b) => b.version - a.version),
  });
}
