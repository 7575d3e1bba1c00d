import { queryOptions } from "@tanstack/react-query";
import type { EmergencyAccess, EmergencyAccesses } from "@/api/types";
import { api, queryClient } from "../../app/session";

const BASE = "/api/admin/emergency-accesses";
const KEY = ["admin", "emergency-accesses"] as const;

/** Those that wait for a review first; the newest first in both parts. */
const byNeed = (accesses: EmergencyAccess[]) =>
  accesses.toSorted((a, b) => Number(a.reviewedAt !== null) - Number(b.reviewedAt !== null) || b.startedAt.localeCompare(a.startedAt));

/** When somebody looked past the limits of the role, and why. */
export function emergencyOptions() {
  return queryOptions({
    queryKey: KEY,
    queryFn: async ({ signal }) => byNeed((await api.get<EmergencyAccesses>(BASE, { signal })).emergencyAccesses),
  });
}

export async function reviewEmergency(id: string, note: string): Promise<void> {
  await api.post(`${BASE}/${id}/review`, { body: { note }, userAction: true });
  await queryClient.invalidateQueries({ queryKey: KEY });
}
