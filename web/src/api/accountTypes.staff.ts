import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import type { Operation, Role, StaffMe, StaffSignIn } from "./types";

/** The shapes of accounts, second factors and sessions of staff, under the names of the server. */

/** What may confirm a sign-in besides the password. */
export type SecondFactorMethod = "totp" | "passkey" | "recovery_code";

/** The password was right; a second factor is still to come, or to be set up. */
export interface SecondFactorDue {
  mfaRequired: true;
  mfaToken: string;
  /** Seconds. */
  expiresIn: number;
  /** Empty where the person has none yet. */
  methods: SecondFactorMethod[];
  /** The practice demands a second factor and the person has none. */
  enrolmentRequired: boolean;
}

export type StaffSignInAnswer = StaffSignIn | SecondFactorDue;

/** Signed in by setting up the first second factor: the codes are shown this once. */
export type EnrolledSignIn = StaffSignIn & { recoveryCodes: string[] };

export interface PasskeyRequest {
  publicKey: PublicKeyCredentialRequestOptionsJSON;
}

export interface PasskeyCreation {
  publicKey: PublicKeyCredentialCreationOptionsJSON;
}

/** One's own passkey about to be made. */
export interface FactorPasskeyCreation extends PasskeyCreation {
  challengeId: string;
}

/** An authenticator app to be set up; counts for nothing until a code confirms it. */
export interface TotpSetup {
  id: string;
  /** Base 32. */
  secret: string;
  /** `otpauth://…` */
  uri: string;
}

export interface SecondFactor {
  id: string;
  kind: "totp" | "passkey";
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
}

export interface SecondFactors {
  factors: SecondFactor[];
  recoveryCodesLeft: number;
  /** The practice demands one: the last cannot be removed. */
  demanded: boolean;
}

export interface RecoveryCodes {
  recoveryCodes: string[];
}

/** Codes come with the first factor alone. */
export interface FactorAdded {
  id?: string;
  recoveryCodes: string[] | null;
}

/** How a person may show again that it is they. */
export type StepUpMethod = "password" | "totp" | "passkey";

export interface StepUpMethods {
  methods: StepUpMethod[];
  until: string | null;
}

export interface SessionOfPerson {
  id: string;
  isCurrent: boolean;
  deviceName: string | null;
  browser: string | null;
  address: string | null;
  createdAt: string;
  lastActivityAt: string;
  expiresAt: string;
  method: "password" | "totp" | "passkey" | "recovery_code";
}

export interface SessionList {
  sessions: SessionOfPerson[];
}

export interface StaffPreferences {
  mailEnabled: boolean;
  language: "en" | "es";
}

export interface PracticeName {
  slug: string;
  name: string;
}

/** What an invitation is for, before it is accepted. */
export interface InvitationCheck {
  practice: PracticeName;
  fullName: string;
  email: string;
  role: Role;
  /** Code points of the password. */
  minimumLength: number;
}

export interface PasswordResetCheck {
  practice: PracticeName;
  minimumLength: number;
}

export interface EmergencyAccess {
  until: string;
}

export type StaffOperation = Operation | "break_glass";

/** Who is signed in, with what emergency access adds for a while. */
export type StaffMeNow = StaffMe & { emergencyAccessUntil?: string | null };
