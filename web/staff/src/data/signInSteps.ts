import type { NewTotp, PasskeyCreation, PasskeyRequest, StaffEnrolled, StaffSignIn } from "@/api/types";
import { api } from "../app/session";
import { makePasskey, takePasskey } from "@/api/passkeys";

const ask = <T>(path: string, body: object) => api.requestPublic<T>("POST", `/api/auth/${path}`, { body, userAction: true });

/** Confirms a sign-in by a code of the app, or by one of those that were kept. */
export function confirmByCode(mfaToken: string, method: "totp" | "recovery_code", code: string): Promise<StaffSignIn> {
  return ask("second-factor", { mfaToken, method, code });
}

/** Confirms a sign-in by a passkey. */
export async function confirmByPasskey(mfaToken: string): Promise<StaffSignIn> {
  const { publicKey } = await ask<PasskeyRequest>("second-factor/passkey-options", { mfaToken });
  const credential = await takePasskey(publicKey);
  return ask("second-factor", { mfaToken, method: "passkey", credential });
}

/** Begins to set up an authenticator app before the first sign-in is done. */
export function beginTotp(mfaToken: string): Promise<NewTotp> {
  return ask("enrolment/totp", { mfaToken });
}

export function confirmTotp(mfaToken: string, id: string, code: string): Promise<StaffEnrolled> {
  return ask("enrolment/totp/confirm", { mfaToken, id, code });
}

/** Makes the first passkey before the first sign-in is done. */
export async function enrolPasskey(mfaToken: string, name: string): Promise<StaffEnrolled> {
  const { publicKey } = await ask<PasskeyCreation>("enrolment/passkey-options", { mfaToken });
  const credential = await makePasskey(publicKey);
  return ask("enrolment/passkey", { mfaToken, name, credential });
}
