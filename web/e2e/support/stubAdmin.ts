import type {
  BulkInvited, CannedResponseVersion, EmergencyAccess, InvitationOutcome, Patient, PatientDetail, PatientPage, PracticeSettingsAnswer, RoleScope, StaffAccount, UserState,
} from "../../src/api/types.ts";
import type { components } from "../../src/api/schema.ts";

type Schemas = components["schemas"];
type Role = Schemas["Role"];

const ROLES: Role[] = ["admin", "provider", "nurse", "medical_assistant", "front_desk", "billing", "auditor"];
const STATES: UserState[] = ["active", "active", "active", "invited", "deactivated"];
const CATEGORIES: Schemas["Category"][] = ["general", "prescription", "appointment", "billing", "medical", "other"];
const NAMES = ["Priya Raman-Whitfield", "Dr. Amara Okafor", "Helen Zhou", "María Guadalupe Hernández-Villanueva de la Torre y Mendoza", "Ruth Abernathy"];
const PATIENTS = ["Ana Lucía Silva-Monteiro", "Li Wei", "Ben Okafor", "María Guadalupe Hernández-Villanueva de la Torre", "Zoe Ng"];

const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T;
const idOf = (kind: string, at: number) => `00000000-0000-7000-${kind}-${at.toString(16).padStart(12, "0")}`;
const numberIn = (path: string) => Number.parseInt(path.split("/").at(-1)?.slice(-12) ?? "0", 16);
const START = Date.parse("2026-03-12T15:00:00.000Z");
const daysAgo = (days: number) => new Date(START - days * 86_400_000).toISOString();

export const userId = (at: number) => idOf("9000", at);
export const patientId = (at: number) => idOf("9001", at);

const userAt = (at: number): StaffAccount => ({
  id: userId(at), fullName: pick(NAMES, at), title: at % 2 ? "MD, Fellow of the American Academy of Dermatology" : "RN", email: `colleague.${at}@riverside.example`,
  role: pick(ROLES, at), state: pick(STATES, at), hasSecondFactor: at % 3 !== 0, lastSignInAt: at % 4 ? daysAgo(at % 40) : null,
  teams: at % 2 ? [{ id: idOf("9002", 1), name: "Triage" }, { id: idOf("9002", 2), name: "Refills and results" }] : [], version: 1,
});

const patientAt = (at: number): Patient => ({
  id: patientId(at), fullName: pick(PATIENTS, at), mrn: `004-${18_000 + at}`, birthDate: at % 7 ? "2013-06-02" : null, email: at % 4 ? `patient.${at}@example.org` : null,
  phone: at % 3 ? "(555) 010-0187" : null, language: pick(["es", "en", "en"], at), access: pick(["active", "invited", "none"] as const, at),
});

const patientPage = (query: URLSearchParams, count: number): PatientPage => {
  const from = Number(query.get("cursor") ?? 0);
  const isFew = Boolean(query.get("search") ?? query.get("comingOfAge"));
  const to = Math.min(isFew ? from + 3 : count, from + Number(query.get("limit") ?? 50));
  const hasMore = to < count && !isFew;
  return { patients: Array.from({ length: to - from }, (_, at) => patientAt(from + at)), pagination: { limit: 50, nextCursor: hasMore ? String(to) : null, hasMore } };
};

const patientDetail = (at: number): PatientDetail => ({
  ...patientAt(at), version: 1,
  accounts: [
    { accountId: idOf("9003", 1), fullName: "Carla Mendes de Oliveira", email: "carla.mendes@example.org", relationship: "guardian", scope: "write", expiresAt: "2031-06-02T12:00:00.000Z", isActive: true, lastSignInAt: daysAgo(3), hasSecondFactor: true },
    { accountId: idOf("9003", 2), fullName: "Jo Mendes", email: "jo.mendes@example.org", relationship: "caregiver", scope: "read", expiresAt: null, isActive: false, lastSignInAt: null, hasSecondFactor: false },
  ],
  invitations: [{ id: idOf("9004", 1), email: "grandmother.with.a.long.address@example.org", relationship: "caregiver", scope: "read", expiresAt: daysAgo(-5), createdAt: daysAgo(2) }],
});

const ROLE_SCOPES: RoleScope[] = ROLES.map((role) => ({
  role, isDefault: role !== "front_desk",
  categories: role === "auditor" ? [] : role === "billing" ? ["billing"] : role === "front_desk" ? ["general", "appointment", "billing"] : CATEGORIES,
}));

const SETTINGS: PracticeSettingsAnswer = {
  name: "Riverside Dermatology", phone: "(555) 010-0100", emergencyText: "If you think it is an emergency, call 911.", hoursText: "Monday to Friday, 8 to 5; closed at noon on Wednesdays.",
  afterHoursText: "We do not read messages at night or on weekends.", timeZone: "America/New_York", accent: "teal",
  businessHours: [0, 1, 2, 3, 4].flatMap((day) => (day === 2 ? [{ day, from: "08:00", to: "12:00" }] : [{ day, from: "08:00", to: "12:00" }, { day, from: "13:00", to: "17:00" }])),
  holidays: [{ date: "2026-07-04", name: "Independence Day" }, { date: "2026-12-25", name: "Christmas Day" }],
  answerTimes: { prescription: "within 2 business days", appointment: "within 24 hours" }, reopenWindowDays: 14, mailGreetsByName: false, staffMfaRequired: true,
  staffIdleMinutes: 15, portalIdleMinutes: 20, mobileIdleDays: 30, majorityAge: 18, patientsMayInvite: true, identityCheck: true, staffAddresses: ["203.0.113.0/24", "2001:db8::/32"], version: 3,
};

const EMERGENCIES: EmergencyAccess[] = [
  { id: idOf("9005", 1), staffId: idOf("9000", 2), fullName: "Helen Zhou", reason: "The provider on duty could not be reached and a patient asked about a swelling after the first injection.", startedAt: daysAgo(1), expiresAt: daysAgo(0.96), endedAt: null, reviewedAt: null, reviewedByName: null, note: null },
  { id: idOf("9005", 2), staffId: idOf("9000", 2), fullName: "Ruth Abernathy", reason: "Called by the hospital.", startedAt: daysAgo(9), expiresAt: daysAgo(8.96), endedAt: daysAgo(8.98), reviewedAt: daysAgo(7), reviewedByName: "Priya Raman-Whitfield", note: "Justified. Spoke with the hospital." },
];

const CANNED = { id: idOf("9006", 1), title: "Prescription Approved", category: "prescription" as const, responseText: "Your prescription refill has been approved and sent to your pharmacy.", isActive: true, updatedAt: daysAgo(1), version: 3 };
const VERSIONS: CannedResponseVersion[] = [
  { version: 3, title: CANNED.title, category: "prescription", responseText: CANNED.responseText, writtenAt: daysAgo(1), writtenByName: "Dr. Amara Okafor" },
  { version: 2, title: "Refill Approved", category: "prescription", responseText: "Your refill has been approved and sent to the pharmacy. Please allow 24-48 hours.", writtenAt: daysAgo(20), writtenByName: "Priya Raman-Whitfield" },
  { version: 1, title: "Refill Approved", category: "general", responseText: "Your refill was approved.", writtenAt: daysAgo(80), writtenByName: null },
];

const OUTCOMES: InvitationOutcome[] = ["invite", "invite", "invite", "already_has_account", "no_email", "already_invited", "no_such_patient", "duplicate"];
const bulkReport = ({ csv, dryRun }: { csv: string; dryRun: boolean }): BulkInvited => {
  const rows = csv.trim().split("\n").slice(1).map((_, at) => ({ line: at + 2, outcome: pick(OUTCOMES, at) }));
  return { rows, invited: dryRun ? 0 : rows.filter(({ outcome }) => outcome === "invite").length, dryRun };
};

export const ADMIN_OPERATIONS = ["manage_users", "manage_patients", "manage_practice", "manage_teams", "manage_search", "review_emergency_access"];

/** How much there is to administer. */
export interface AdminScale {
  users: number;
  patients: number;
}

/** The administration's answer to a call; nothing where it is not one of its calls. */
export function adminAnswer(method: string, url: URL, body: string, scale: AdminScale): unknown {
  const path = url.pathname;
  if (path === "/api/canned-responses") return { cannedResponses: [CANNED] };
  if (path.endsWith("/versions")) return { versions: VERSIONS };
  if (path === "/api/practice/search") return { bodySearch: true, index: { state: "ready", indexed: 1284 } };
  if (!path.startsWith("/api/admin/")) return undefined;
  if (path === "/api/admin/users") return { users: Array.from({ length: scale.users }, (_, at) => userAt(at)) };
  if (path.startsWith("/api/admin/users/") && path.split("/").length === 5) return userAt(numberIn(path));
  if (path === "/api/admin/roles") return { roles: ROLE_SCOPES };
  if (path === "/api/admin/patients") return patientPage(url.searchParams, scale.patients);
  if (path === "/api/admin/patients/invitations/bulk") return bulkReport(JSON.parse(body) as { csv: string; dryRun: boolean });
  if (path.startsWith("/api/admin/patients/") && path.split("/").length === 5) return patientDetail(numberIn(path));
  if (path === "/api/admin/settings") return method === "PUT" ? { ...SETTINGS, ...(JSON.parse(body) as object), version: SETTINGS.version + 1 } : SETTINGS;
  if (path === "/api/admin/emergency-accesses") return { emergencyAccesses: EMERGENCIES };
  return null;
}
