import { queryOptions } from "@tanstack/react-query";
import type { PasskeyRequest, StepUpWays } from "@/api/types";
import { takePasskey } from "@/api/passkeys";
import { AUTH, client } from "./session";

const STEP_UP = `${AUTH}/step-up`;

/** How this account proves once more who it is. */
export const stepUpQuery = queryOptions({
  queryKey: ["step-up"],
  queryFn: ({ signal }) => client.get<StepUpWays>(STEP_UP, { signal }),
  gcTime: 0,
});

/** By the password, where the account has nothing stronger. */
export function proveByPassword(password: string): Promise<void> {
  return client.post<void>(STEP_UP, { body: { method: "password", password }, userAction: true });
}

/** By a code of the app. */
export function proveByCode(code: string): Promise<void> {
  return client.post<void>(STEP_UP, { body: { method: "totp", code }, userAction: true });
}

/** By a passkey of this device. */
export async function proveByPasskey(): Promise<void> {
  const { publicKey } = await client.post<PasskeyRequest>(`${STEP_UP}/passkey-options`, { userAction: true });
  const credential = await takePasskey(publicKey);
  await client.post<void>(STEP_UP, { body: { method: "passkey", credential }, userAction: true });
}
