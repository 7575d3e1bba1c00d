import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { BulkInvited, GrantTerms, NewInvitation, RecordChange, PatientDetail, PatientPage } from "@/api/types";
import { causedByPerson } from "../../app/activity";
import { api, queryClient } from "../../app/session";

/** A record with every field; null is none. */
type WholeRecord = Required<RecordChange>;

const BASE = "/api/admin/patients";
const ACCOUNTS = "/api/admin/accounts";
const keys = {
  lists: ["admin", "patients", "list"] as const,
  one: (id: string) => ["admin", "patients", "one", id] as const,
};

/** Which patients a list holds. */
export interface PatientTerms {
  search: string;
  /** Only those who come of age and cannot sign in themselves. */
  comingOfAge: boolean;
}

/** The practice's patients by name, page after page. The search text lives here and in memory, never in the address. */
export function patientsOptions({ search, comingOfAge }: PatientTerms) {
  return infiniteQueryOptions({
    queryKey: [...keys.lists, search, comingOfAge],
    queryFn: ({ pageParam, signal }) =>
      api.get<PatientPage>(BASE, { query: { search, comingOfAge: comingOfAge || undefined, limit: 50, cursor: pageParam }, signal, userAction: causedByPerson() }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.pagination.nextCursor,
    // A long list is not read anew, page by page, because somebody came back to the window.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
}

export function patientOptions(id: string) {
  return queryOptions({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => api.get<PatientDetail>(`${BASE}/${id}`, { signal, userAction: causedByPerson() }),
  });
}

/** Lists begin anew at their first page. */
const refreshLists = () => queryClient.resetQueries({ queryKey: keys.lists });
const refreshOne = async (id: string) => {
  await Promise.all([queryClient.invalidateQueries({ queryKey: keys.one(id) }), refreshLists()]);
};

export async function createPatient(record: WholeRecord, idempotencyKey: string): Promise<string> {
  // What is not known is left out.
  const body = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
  const { id } = await api.post<{ id: string }>(BASE, { body, idempotencyKey, userAction: true });
  await refreshLists();
  return id;
}

/** Corrects a record; `version_mismatch` where somebody else did since. */
export async function updatePatient(id: string, version: number, record: WholeRecord): Promise<void> {
  await api.put(`${BASE}/${id}`, { body: record, ifMatch: version, userAction: true });
  await refreshOne(id);
}

export async function invitePatient(id: string, invitation: NewInvitation, idempotencyKey: string): Promise<void> {
  await api.post(`${BASE}/${id}/invitations`, { body: invitation, idempotencyKey, userAction: true });
  await refreshOne(id);
}

export async function withdrawInvitation(id: string, invitationId: string): Promise<void> {
  await api.delete(`${BASE}/${id}/invitations/${invitationId}`, { userAction: true });
  await refreshOne(id);
}

export async function changeGrant(id: string, accountId: string, change: GrantTerms): Promise<void> {
  await api.put(`${BASE}/${id}/grants/${accountId}`, { body: change, userAction: true });
  await refreshOne(id);
}

export async function endGrant(id: string, accountId: string): Promise<void> {
  await api.delete(`${BASE}/${id}/grants/${accountId}`, { userAction: true });
  await refreshOne(id);
}

/** An account may act for several patients: every record that is known is asked for again. */
const refreshAll = () => queryClient.invalidateQueries({ queryKey: ["admin", "patients", "one"] });

export async function setAccountActive(accountId: string, isActive: boolean): Promise<void> {
  await api.put(`${ACCOUNTS}/${accountId}`, { body: { isActive }, userAction: true });
  await refreshAll();
}

const tell = async (accountId: string, act: string) => {
  await api.post(`${ACCOUNTS}/${accountId}/${act}`, { userAction: true });
  await refreshAll();
};

export const endAccountSessions = (accountId: string) => tell(accountId, "end-sessions");
export const sendAccountPasswordReset = (accountId: string) => tell(accountId, "password-reset");
export const removeAccountFactors = (accountId: string) => tell(accountId, "remove-second-factors");

/** Invites the patients of a list, which names its columns first, or says what would become of each line. */
export async function inviteInBulk(csv: string, dryRun: boolean): Promise<BulkInvited> {
  const report = await api.post<BulkInvited>(`${BASE}/invitations/bulk`, { body: { csv, dryRun }, userAction: true });
  if (!dryRun) await Promise.all([refreshAll(), refreshLists()]);
  return report;
}
