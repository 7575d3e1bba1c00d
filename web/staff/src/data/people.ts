import { queryOptions } from "@tanstack/react-query";
import type { PatientList, StaffList, StaffMember, TeamList } from "@/api/types";
import { causedByPerson } from "../app/activity";
import { api } from "../app/session";

/** Colleagues and what they may see: whom a conversation can go to. */
export function staffOptions() {
  return queryOptions({
    queryKey: ["staff"],
    queryFn: async ({ signal }) => (await api.get<StaffList>("/api/staff", { signal })).staff,
    staleTime: 5 * 60_000,
  });
}

/** Whether conversations can go to a person: a role without an inbox, such as the auditor's, sees none. */
export const hasInbox = ({ categories }: StaffMember) => categories.length > 0;

export function teamsOptions() {
  return queryOptions({
    queryKey: ["teams"],
    queryFn: async ({ signal }) => (await api.get<TeamList>("/api/teams", { signal })).teams,
    staleTime: 5 * 60_000,
  });
}

/** Patients by the start of a name or the whole MRN. */
export function patientSearchOptions(search: string) {
  return queryOptions({
    queryKey: ["patients", search],
    queryFn: async ({ signal }) =>
      (await api.get<PatientList>("/api/patients", { query: { search, limit: 20 }, signal, userAction: causedByPerson() }))
        .patients,
    enabled: search !== "",
  });
}
