import {
  browserSupportsWebAuthn, startAuthentication, startRegistration, WebAuthnError, type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON, type PublicKeyCredentialRequestOptionsJSON, type RegistrationResponseJSON,
} from "@simplewebauthn/browser";
import { ProblemError } from "@/api/problem";

/** Whether this browser can make and use passkeys at all. */
export const hasPasskeys = browserSupportsWebAuthn;

/** The browser tells a refusal from a closed window by nothing: both are the person's own choice. */
function codeOf(error: unknown): string {
  if (error instanceof WebAuthnError && error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED") return "passkey_known";
  return "passkey_dismissed";
}

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
