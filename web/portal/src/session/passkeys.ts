import {
  browserSupportsWebAuthn, startAuthentication, startRegistration, type PublicKeyCredentialCreationOptionsJSON, type PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import { ProblemError } from "@/api/problem";

export type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON };

/** Whether this browser can hold or use passkeys. */
export function canUsePasskeys(): boolean {
  return browserSupportsWebAuthn();
}

/** What the device refused, as a problem like any other: the pages have words for problems. */
function asProblem(error: unknown): ProblemError {
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError") return new ProblemError("passkey_known", 0);
  return new ProblemError("passkey_failed", 0);
}

/** Proves by a passkey of this device who is here. */
export async function provePasskey(options: PublicKeyCredentialRequestOptionsJSON) {
  return startAuthentication({ optionsJSON: options }).catch((error: unknown) => {
    throw asProblem(error);
  });
}

/** Makes a passkey on this device. */
export async function makePasskey(options: PublicKeyCredentialCreationOptionsJSON) {
  return startRegistration({ optionsJSON: options }).catch((error: unknown) => {
    throw asProblem(error);
  });
}
