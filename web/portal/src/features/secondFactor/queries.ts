import type { PasskeyRequest, PortalSignIn, ProofMethod } from "@/api/types";
import { takePasskey } from "@/api/passkeys";
import { AUTH, client, enterWith } from "../../session/session";

const STEP = `${AUTH}/second-factor`;

/** Ends a sign-in with a code and opens the pages. */
export async function signInByCode(mfaToken: string, method: Exclude<ProofMethod, "passkey">, code: string): Promise<void> {
  const { accessToken } = await client.requestPublic<PortalSignIn>("POST", STEP, { body: { mfaToken, method, code } });
  await enterWith(accessToken);
}

/** Ends a sign-in with a passkey of this device and opens the pages. */
export async function signInByPasskey(mfaToken: string): Promise<void> {
  const path = `${STEP}/passkey-options`;
  const { publicKey } = await client.requestPublic<PasskeyRequest>("POST", path, { body: { mfaToken } });
  const credential = await takePasskey(publicKey);
  const { accessToken } = await client.requestPublic<PortalSignIn>("POST", STEP, { body: { mfaToken, method: "passkey", credential } });
  await enterWith(accessToken);
}
