import { queryOptions } from "@tanstack/react-query";
import type { PracticeSettingsAnswer } from "@/api/types";
import { api, queryClient } from "../../app/session";

const PATH = "/api/admin/settings";
const KEY = ["admin", "settings"] as const;

/** What the practice has decided for itself. */
export function practiceOptions() {
  return queryOptions({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<PracticeSettingsAnswer>(PATH, { signal }),
  });
}

/** Saves all of it; `version_mismatch` where somebody else did since. */
export async function savePractice({ version, ...settings }: PracticeSettingsAnswer): Promise<PracticeSettingsAnswer> {
  const saved = await api.put<PracticeSettingsAnswer>(PATH, { body: settings, ifMatch: version, userAction: true });
  queryClient.setQueryData(KEY, saved);
  return saved;
}
