import { queryOptions } from "@tanstack/react-query";
import type { Category, Role, RoleScopes } from "@/api/types";
import { CATEGORIES } from "@/domain/words";
import { api, queryClient } from "../../app/session";

const BASE = "/api/admin/roles";
const KEY = ["admin", "roles"] as const;

/** What each role sees as long as no practice has said otherwise. */
export const defaultScope: Record<Role, readonly Category[]> = {
  admin: CATEGORIES,
  provider: CATEGORIES,
  nurse: CATEGORIES,
  medical_assistant: CATEGORIES,
  front_desk: ["general", "appointment", "other"],
  billing: ["billing"],
  auditor: [],
};

/** Roles whose sight no practice changes. */
export const isFixed = (role: Role): boolean => role === "admin" || role === "auditor";

/** Which categories each role sees. */
export function rolesOptions() {
  return queryOptions({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await api.get<RoleScopes>(BASE, { signal })).roles,
  });
}

export async function saveRole(role: Role, categories: readonly Category[]): Promise<void> {
  await api.put(`${BASE}/${role}`, { body: { categories }, userAction: true });
  // What colleagues may see decides whom a conversation can go to, and what one's own lists show.
  await Promise.all([KEY, ["staff"], ["threads"]].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}
