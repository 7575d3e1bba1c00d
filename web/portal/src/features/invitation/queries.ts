import { queryOptions } from "@tanstack/react-query";
import type { CheckedInvitation, InvitationAcceptance } from "@/api/types";
import { AUTH, client } from "../../session/session";

/** What an invitation stands for. Asking uses nothing up. */
export function invitationQuery(practice: string, token: string) {
  return queryOptions({
    queryKey: ["invitation", token],
    queryFn: () => {
      const headers = { "x-tenant-id": practice };
      return client.requestPublic<CheckedInvitation>("POST", `${AUTH}/invitation/check`, { headers, body: { token } });
    },
    gcTime: 0,
    staleTime: Infinity,
  });
}

/** Accepts an invitation, with a new password or with the one of the account that is there. */
export function acceptInvitation(practice: string, body: InvitationAcceptance): Promise<void> {
  const headers = { "x-tenant-id": practice };
  return client.requestPublic<void>("POST", `${AUTH}/invitation/accept`, { headers, body });
}
