import { queryOptions, useQueryClient } from "@tanstack/react-query";
import type { CaregiverInvited, NewCaregiver, PortalGrants } from "@/api/types";
import { client } from "../../session/session";

const BASE = "/api/patient-portal";
const one = (id: string) => encodeURIComponent(id);

/** Who helps, who is asked to, and whom the account helps. */
export const grantsQuery = queryOptions({
  queryKey: ["grants"],
  queryFn: ({ signal }) => client.get<PortalGrants>(`${BASE}/grants`, { signal }),
});

/** What was shown is out of date. */
export function useGrantsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["grants"] });
}

/** Asks somebody to help, by mail. */
export const inviteHelper = (body: NewCaregiver) => client.post<CaregiverInvited>(`${BASE}/grants`, { body, userAction: true });

/** From now on they read and write nothing. */
export const withdrawGrant = (accountId: string) => client.delete<void>(`${BASE}/grants/${one(accountId)}`, { userAction: true });

export const withdrawInvitation = (id: string) => client.delete<void>(`${BASE}/invitations/${one(id)}`, { userAction: true });

/** The account stops helping a patient. */
export const leavePatient = (patientId: string) => client.delete<void>(`${BASE}/grants/mine/${one(patientId)}`, { userAction: true });
