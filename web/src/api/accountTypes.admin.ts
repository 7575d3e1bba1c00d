import type { Category, Pagination, Relationship, Role } from "./types";

/** The shapes of `/api/admin/*`, under the names of the OpenAPI components. */

/** What `/me` may list in `mayDo` for those who run a practice. */
export type AdminOperation = "manage_users" | "manage_patients" | "manage_practice" | "review_emergency_access";

export type UserState = "active" | "invited" | "deactivated";

export interface AdminUser {
  id: string;
  fullName: string;
  title: string | null;
  email: string;
  role: Role;
  state: UserState;
  hasSecondFactor: boolean;
  lastSignInAt: string | null;
  teams: { id: string; name: string }[];
  version: number;
}
export interface AdminUserList {
  users: AdminUser[];
}
export interface NewAdminUser {
  email: string;
  fullName: string;
  title?: string;
  role: Role;
  teamIds?: string[];
}
export interface AdminUserChange {
  fullName?: string;
  /** Null for none. */
  title?: string | null;
  role?: Role;
  email?: string;
  isActive?: boolean;
}

/** Which categories a role sees. */
export interface RoleScope {
  role: Role;
  categories: Category[];
  isDefault: boolean;
}
export interface RoleScopeList {
  roles: RoleScope[];
}

/** How a patient reaches the portal. */
export type PatientAccess = "none" | "invited" | "active";
export type GrantScope = "read" | "write";

export interface AdminPatient {
  id: string;
  fullName: string;
  mrn: string;
  birthDate: string | null;
  email: string | null;
  phone: string | null;
  language: string;
  access: PatientAccess;
}
export interface AdminPatientList {
  patients: AdminPatient[];
  pagination: Pagination;
}
/** An account that acts for a patient. */
export interface PatientAccount {
  accountId: string;
  fullName: string;
  email: string;
  relationship: Relationship;
  scope: GrantScope;
  expiresAt: string | null;
  isActive: boolean;
  lastSignInAt: string | null;
  hasSecondFactor: boolean;
}
export interface PatientInvitation {
  id: string;
  email: string;
  relationship: Relationship;
  scope: GrantScope;
  /** Until when the link is good. */
  expiresAt: string;
  createdAt: string;
}
export interface AdminPatientDetail extends AdminPatient {
  accounts: PatientAccount[];
  invitations: PatientInvitation[];
  version: number;
}
export interface AdminPatientInput {
  fullName: string;
  mrn: string;
  birthDate?: string | null;
  phone?: string | null;
  email?: string | null;
  language?: string;
}
export interface NewPatientInvitation {
  relationship: Relationship;
  email?: string;
  fullName?: string;
  scope?: GrantScope;
  expiresAt?: string;
}
export interface GrantChange {
  scope: GrantScope;
  expiresAt: string | null;
}

export type BulkInvitationOutcome =
  | "invite" | "already_has_account" | "already_invited" | "no_such_patient" | "no_email" | "duplicate" | "malformed";
export interface BulkInvitationRow {
  /** The line of the text, the first one being 1. */
  line: number;
  outcome: BulkInvitationOutcome;
}
export interface BulkInvitationReport {
  rows: BulkInvitationRow[];
  /** None in a dry run. */
  invited: number;
  dryRun: boolean;
}

export type Accent = "violet" | "blue" | "teal" | "green" | "slate";
/** A stretch of one day; day 0 is Monday, times are "08:00", the end of a day is "24:00". */
export interface BusinessHours {
  day: number;
  from: string;
  to: string;
}
export interface Holiday {
  date: string;
  name: string;
}
export interface PracticeSettings {
  name: string;
  phone: string;
  emergencyText: string;
  hoursText: string;
  afterHoursText: string;
  timeZone: string;
  accent: Accent;
  businessHours: BusinessHours[];
  holidays: Holiday[];
  answerTimes: Partial<Record<Category, string>>;
  reopenWindowDays: number;
  mailGreetsByName: boolean;
  staffMfaRequired: boolean;
  staffIdleMinutes: number;
  portalIdleMinutes: number;
  mobileIdleDays: number;
  majorityAge: number;
  patientsMayInvite: boolean;
  identityCheck: boolean;
  staffAddresses: string[];
  version: number;
}

/** A time in which somebody saw more than the role shows. */
export interface EmergencyAccess {
  id: string;
  staffId: string;
  fullName: string;
  reason: string;
  startedAt: string;
  expiresAt: string;
  /** When it was ended before its time. */
  endedAt: string | null;
  reviewedAt: string | null;
  reviewedByName: string | null;
  /** What the reviewer found. */
  note: string | null;
}
export interface EmergencyAccessList {
  emergencyAccesses: EmergencyAccess[];
}

/** A canned response as it once read. */
export interface CannedVersion {
  version: number;
  title: string;
  category: Category;
  responseText: string;
  writtenAt: string;
  writtenByName: string | null;
}
export interface CannedVersionList {
  versions: CannedVersion[];
}
