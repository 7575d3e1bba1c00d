import type { Operation } from "@/api/types";

/** The pages of the administration, in their order, with what opens each. */
export const adminPages = [
  { id: "users", needs: "manage_users" },
  { id: "roles", needs: "manage_users" },
  { id: "patients", needs: "manage_patients" },
  { id: "practice", needs: "manage_practice" },
  { id: "teams", needs: "manage_teams" },
  { id: "search", needs: "manage_search" },
  { id: "emergency", needs: "review_emergency_access" },
] as const satisfies readonly { id: string; needs: Operation }[];

export type AdminPage = (typeof adminPages)[number]["id"];

type May = (operation: Operation) => boolean;

/** The pages that a person may open; none for most. */
export function adminPagesFor(may: May): AdminPage[] {
  return adminPages.filter(({ needs }) => may(needs)).map(({ id }) => id);
}
