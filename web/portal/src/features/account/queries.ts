import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Preferences } from "@/api/types";
import { AUTH, client } from "../../session/session";

/** Whether mails come, and in which language. */
export const preferencesQuery = queryOptions({
  queryKey: ["preferences"],
  queryFn: ({ signal }) => client.get<Preferences>(`${AUTH}/preferences`, { signal }),
});

/** Keeps a choice; what is on the screen is what the server has. */
export function useSavePreferences() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Preferences) => client.put<void>(`${AUTH}/preferences`, { body, userAction: true }),
    onSuccess: (_answer, body) => queries.setQueryData(preferencesQuery.queryKey, body),
  });
}

/** Asks for another e-mail: it counts once it is confirmed there. */
export const changeEmail = (email: string, password: string) => client.post<void>(`${AUTH}/email`, { body: { email, password }, userAction: true });
