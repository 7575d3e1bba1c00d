import { queryOptions } from "@tanstack/react-query";
import type { NewStaffAccount, StaffAccount, StaffAccountChange, StaffAccounts } from "@/api/types";
import { causedByPerson } from "../../app/activity";
import { api, queryClient } from "../../app/session";

const BASE = "/api/admin/users";
const keys = {
  list: ["admin", "users"] as const,
  one: (id: string) => ["admin", "users", id] as const,
};

/** Everybody who signs in at the practice, those who no longer may among them. */
export function usersOptions() {
  return queryOptions({
    queryKey: keys.list,
    queryFn: async ({ signal }) => (await api.get<StaffAccounts>(BASE, { signal, userAction: causedByPerson() })).users,
  });
}

export function userOptions(id: string) {
  return queryOptions({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => api.get<StaffAccount>(`${BASE}/${id}`, { signal, userAction: causedByPerson() }),
  });
}

/** Lists of colleagues stand in many places. */
const refresh = () =>
  Promise.all([["admin", "users"], ["staff"], ["teams"]].map((queryKey) => queryClient.invalidateQueries({ queryKey })));

/** Invites a colleague by mail and answers with the new id. */
export async function inviteUser(user: NewStaffAccount, idempotencyKey: string): Promise<string> {
  const { id } = await api.post<{ id: string }>(BASE, { body: user, idempotencyKey, userAction: true });
  await refresh();
  return id;
}

/** Changes what is named; `version_mismatch` where somebody else did since. */
export async function updateUser({ id, version }: StaffAccount, change: StaffAccountChange): Promise<StaffAccount> {
  const changed = await api.put<StaffAccount>(`${BASE}/${id}`, { body: change, ifMatch: version, userAction: true });
  queryClient.setQueryData(keys.one(id), changed);
  await refresh();
  return changed;
}

const tell = async (id: string, act: string) => {
  await api.post(`${BASE}/${id}/${act}`, { userAction: true });
  await refresh();
};

export const inviteUserAgain = (id: string) => tell(id, "invitation");
export const sendUserPasswordReset = (id: string) => tell(id, "password-reset");
export const endUserSessions = (id: string) => tell(id, "end-sessions");
export const removeUserFactors = (id: string) => tell(id, "remove-second-factors");
