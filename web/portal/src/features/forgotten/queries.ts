import { queryOptions } from "@tanstack/react-query";
import type { CheckedReset } from "@/api/types";
import { AUTH, client } from "../../session/session";

const RESET = `${AUTH}/password-reset`;
const at = (practice: string) => ({ "x-tenant-id": practice });

/** Asks for a mail with a link. **Invariant:** the answer is the same for everybody. */
export function askReset(practice: string, email: string): Promise<void> {
  return client.requestPublic<void>("POST", RESET, { headers: at(practice), body: { email } });
}

/** What a link stands for. Asking uses nothing up. */
export function resetQuery(practice: string, token: string) {
  return queryOptions({
    queryKey: ["password-reset", token],
    queryFn: () => client.requestPublic<CheckedReset>("POST", `${RESET}/check`, { headers: at(practice), body: { token } }),
    gcTime: 0,
    staleTime: Infinity,
  });
}

/** Sets the new password; all sessions end. */
export function setPassword(practice: string, token: string, password: string): Promise<void> {
  return client.requestPublic<void>("POST", `${RESET}/confirm`, { headers: at(practice), body: { token, password } });
}

/** Makes the new e-mail the account's. */
export function confirmEmail(practice: string, token: string): Promise<void> {
  return client.requestPublic<void>("POST", `${AUTH}/email/confirm`, { headers: at(practice), body: { token } });
}
