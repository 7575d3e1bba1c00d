import type { ActivationBegun } from "@/api/types";
import { AUTH, client } from "../../session/session";

/** Asks for a code by mail. **Invariant:** the answer is the same for everybody. */
export function beginActivation(practice: string, email: string, birthDate: string): Promise<ActivationBegun> {
  const headers = { "x-tenant-id": practice };
  return client.requestPublic<ActivationBegun>("POST", `${AUTH}/activation`, { headers, body: { email, birthDate } });
}

/** Opens the account with the code that came by mail. */
export function completeActivation(practice: string, activationToken: string, code: string, password: string): Promise<void> {
  const headers = { "x-tenant-id": practice };
  return client.requestPublic<void>("POST", `${AUTH}/activation/complete`, { headers, body: { activationToken, code, password } });
}
