import type { PortalSignIn, Practice, Relationship } from "./types";

/** The portal's shapes of accounts, sessions and helpers, under the names that the server gives them. */

export type SecondFactorMethod = "totp" | "passkey" | "recovery_code";
export type StepUpMethod = "password" | "totp" | "passkey";
export type GrantScope = "read" | "write";
export type Accent = "violet" | "blue" | "teal" | "green" | "slate";

/** The password was right; the account asks for a second proof. */
export interface SecondFactorDue {
  mfaRequired: true;
  mfaToken: string;
  /** Seconds. */
  expiresIn: number;
  methods: SecondFactorMethod[];
  enrolmentRequired: boolean;
}

export type PortalSignInAnswer = PortalSignIn | SecondFactorDue;

/** What `navigator.credentials` is asked with, as JSON. */
export interface PasskeyRequest<Options> {
  publicKey: Options;
}

export interface PasskeyCreation<Options> extends PasskeyRequest<Options> {
  challengeId: string;
}

export interface Factor {
  id: string;
  kind: "totp" | "passkey";
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
}

export interface Factors {
  factors: Factor[];
  recoveryCodesLeft: number;
  /** The last factor cannot be removed. */
  demanded: boolean;
}

/** A secret for a code app, not yet confirmed. */
export interface NewTotp {
  id: string;
  secret: string;
  uri: string;
}

/** Codes come with the first factor alone. */
export interface FactorAdded {
  recoveryCodes: string[] | null;
}

export interface RecoveryCodes {
  recoveryCodes: string[];
}

export interface StepUpState {
  methods: StepUpMethod[];
  until: string | null;
}

export interface SignedInSession {
  id: string;
  isCurrent: boolean;
  deviceName: string | null;
  browser: string | null;
  address: string | null;
  createdAt: string;
  lastActivityAt: string;
  expiresAt: string;
  method: "password" | SecondFactorMethod;
}

export interface SessionList {
  sessions: SignedInSession[];
}

export interface PortalPreferences {
  mailEnabled: boolean;
  language: string;
}

export interface PracticeNamed {
  slug: string;
  name: string;
}

/** What a link from a mail about a forgotten password stands for. */
export interface PasswordResetCheck {
  practice: PracticeNamed;
  minimumLength: number;
}

/** What an invitation stands for. **Invariant:** never a patient's name. */
export interface PortalInvitation {
  practice: PracticeNamed;
  kind: "self" | "proxy";
  relationship: Relationship;
  needsBirthDate: boolean;
  hasAccount: boolean;
  minimumLength: number;
}

export interface InvitationAcceptance {
  token: string;
  password: string;
  fullName?: string;
  birthDate?: string;
}

/** Always the same answer, whoever asks. */
export interface ActivationBegun {
  activationToken: string;
  /** Seconds. */
  expiresIn: number;
}

/** Whom the account helps. */
export interface OwnGrant {
  patientId: string;
  fullName: string;
  relationship: Relationship;
  scope: GrantScope;
  expiresAt: string | null;
}

/** Who helps the account's own patient. */
export interface GivenGrant {
  accountId: string;
  fullName: string;
  relationship: Relationship;
  scope: GrantScope;
  expiresAt: string | null;
  isPending: false;
}

export interface PendingGrant {
  invitationId: string;
  email: string;
  relationship: Relationship;
  scope: GrantScope;
  /** When the grant would end; null when nobody said. */
  expiresAt: string | null;
}

export interface Grants {
  mine: OwnGrant[];
  given: GivenGrant[];
  pending: PendingGrant[];
}

export interface NewGrant {
  email: string;
  fullName: string;
  relationship: "caregiver";
  scope: GrantScope;
  expiresAt?: string;
}

export interface GrantInvited {
  invitationId: string;
}

/** One stretch of a week in the practice's own clock; 0 is Monday. */
export interface BusinessHours {
  day: number;
  from: string;
  to: string;
}

export interface Holiday {
  date: string;
  name: string;
}

/** A practice as the portal sees it; one that has set none of these has none. */
export interface PortalPractice extends Practice {
  accent?: Accent;
  /** IANA name, such as `America/New_York`. */
  timeZone?: string;
  businessHours?: BusinessHours[];
  holidays?: Holiday[];
  isOpen?: boolean;
  identityCheck?: boolean;
}
