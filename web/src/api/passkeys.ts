import {
  browserSupportsWebAuthn, startAuthentication, startRegistration, type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON, type PublicKeyCredentialRequestOptionsJSON, type RegistrationResponseJSON,
} from "@simplewebauthn/browser";
import { ProblemError } from "./problem";

/** Whether this browser can make and use passkeys at all. */
export const hasPasskeys = (): boolean => browserSupportsWebAuthn();

/** The browser tells a refusal from a closed window by nothing: both are the person's own choice. */
function codeOf(error: unknown): string {
  // What a device says that has a passkey of this person already (WebAuthn, 5.1.3).
  return error instanceof Error && error.name === "InvalidStateError" ? "passkey_known" : "passkey_dismissed";
}

/** What the device refused, as a problem like any other: the pages have words for problems. */
async function asProblem<T>(ceremony: Promise<T>): Promise<T> {
  try {
    return await ceremony;
  } catch (error) {
    throw new ProblemError(codeOf(error), 0);
  }
}

/** Makes a passkey on this device or another; throws `passkey_dismissed` or `passkey_known`. */
export const makePasskey = (optionsJSON: PublicKeyCredentialCreationOptionsJSON): Promise<RegistrationResponseJSON> =>
  asProblem(startRegistration({ optionsJSON }));

/** Lets a passkey answer the server's question; throws `passkey_dismissed`. */
export const takePasskey = (optionsJSON: PublicKeyCredentialRequestOptionsJSON): Promise<AuthenticationResponseJSON> =>
  asProblem(startAuthentication({ optionsJSON }));
