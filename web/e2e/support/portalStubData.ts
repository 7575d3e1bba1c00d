import type { Accent, CheckedInvitation, Factors, OwnSessions, PortalGrants, Practice, ProofMethod } from "../../src/api/types.ts";
import type { components } from "../../src/api/schema.ts";

type Schemas = components["schemas"];

/** What the made-up server knows at its start. */
export interface PortalState {
  signedIn?: boolean;
  accent?: Accent;
  /** Second factors asked for at sign-in. */
  methods?: ProofMethod[];
  invitation?: Partial<CheckedInvitation>;
  patients?: Schemas["PortalPatient"][];
  factors?: Factors;
  grants?: PortalGrants;
  /** The next act that needs it asks to prove who is here. */
  stepUp?: boolean;
  isConfidential?: boolean;
}

type Answer = [status: number, body?: unknown];
export type Answers = [act: RegExp, answer: (body: unknown) => Answer][];

const TENANT = { id: "t-1", slug: "riverside", name: "Riverside Dermatology" };
export const ANA: Schemas["PortalPatient"] = { id: "p-ana", fullName: "Ana Lucía Silva-Monteiro", relationship: "self", scope: "write" };
export const SOFIA: Schemas["PortalPatient"] = { id: "p-sofia", fullName: "Sofia Mendes", relationship: "guardian", scope: "write" };

const practice = (accent: Accent = "violet"): Practice => ({
  slug: TENANT.slug, name: TENANT.name, phone: "(555) 010-0142", emergencyText: "If this is an emergency, call 911.",
  hours: "Monday to Friday, 8 AM to 5 PM", answerTimes: [{ category: "prescription", text: "1 to 2 days" }], reopenWindowDays: 14,
  afterHoursText: "We do not read messages at night or on weekends.", accent, identityCheck: true, patientsMayInvite: true, isOpen: true, timeZone: "America/New_York",
  businessHours: [0, 1, 2, 3, 4].map((day) => ({ day, from: "08:00", to: "17:00" })),
  holidays: [{ date: "2026-11-26", name: "Thanksgiving" }],
});

const account = { id: "a-ana", fullName: "Ana Lucía Silva-Monteiro", email: "ana.lucia.silva-monteiro@example.org", language: "en" };
const meOf = ({ patients = [ANA] }: PortalState): Schemas["PortalMe"] => ({
  account, patients, actingFor: patients[0]?.id ?? null, tenant: TENANT, session: { idleMinutes: 20, expiresAt: "2099-01-01T00:00:00.000Z" },
});

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const soon = new Date(Date.now() + 90 * 86_400_000).toISOString();

export const SESSIONS: OwnSessions = {
  sessions: [
    { id: "s-1", isCurrent: true, deviceName: null, browser: "Chrome on Android", address: "203.0.113.7", createdAt: hoursAgo(2), lastActivityAt: hoursAgo(0), expiresAt: soon, method: "passkey" },
    { id: "s-2", isCurrent: false, deviceName: "Ana’s very old tablet in the kitchen", browser: "Safari on iPad", address: "2001:db8:85a3:8d3:1319:8a2e:370:7348", createdAt: hoursAgo(200), lastActivityAt: hoursAgo(26), expiresAt: soon, method: "password" },
    { id: "s-3", isCurrent: false, deviceName: null, browser: null, address: null, createdAt: hoursAgo(900), lastActivityAt: hoursAgo(400), expiresAt: soon, method: "totp" },
  ],
};

export const FACTORS: Factors = {
  factors: [
    { id: "f-1", kind: "passkey", name: "My phone", createdAt: hoursAgo(900), lastUsedAt: hoursAgo(2) },
    { id: "f-2", kind: "totp", name: "Code app", createdAt: hoursAgo(800), lastUsedAt: null },
  ],
  recoveryCodesLeft: 8, demanded: false,
};

export const GRANTS: PortalGrants = {
  mine: [{ patientId: "p-sofia", fullName: "Sofia Mendes", relationship: "guardian", scope: "write", expiresAt: "2031-06-02T00:00:00.000Z" }],
  given: [
    { accountId: "a-1", fullName: "Carla Mendes", relationship: "caregiver", scope: "write", expiresAt: null, isPending: false },
    { accountId: "a-2", fullName: "María Guadalupe Hernández-Villanueva de la Torre", relationship: "caregiver", scope: "read", expiresAt: soon, isPending: false },
  ],
  pending: [{ invitationId: "i-1", email: "wilhelmina.featherstonehaugh@long-mail.example.org", relationship: "caregiver", scope: "read", expiresAt: soon }],
};

const thread = (isConfidential = false): Schemas["PortalThread"] => ({
  id: "thread-1", patientId: ANA.id, subject: "Rash on my left arm", category: "medical", status: "waiting-patient", createdByPatient: true,
  lastMessageAt: hoursAgo(3), lastMessageBy: "staff", lastMessagePreview: "Thank you. Does it itch at night?", messageCount: 3, unreadCount: 0,
  createdAt: hoursAgo(30), updatedAt: hoursAgo(3), patientName: ANA.fullName, seenByCareTeamAt: hoursAgo(4), closedAt: null, reopensUntil: null,
  linkedThreadId: null, isConfidential, integrity: "ok",
});

const message = (id: string, change: Partial<Schemas["PortalMessage"]>): Schemas["PortalMessage"] => ({
  id, senderType: "patient", senderName: ANA.fullName, senderTitle: null, messageText: "The rash is better, but it still itches.", sentAt: hoursAgo(20),
  hasAttachments: false, attachments: [], integrity: "ok", revisedAt: null, sentByProxy: null, isOwn: true, ...change,
});

const talk = ({ isConfidential }: PortalState): Schemas["PortalThreadPage"] => ({
  thread: thread(isConfidential),
  messages: [
    message("m-1", {}),
    message("m-2", { sentAt: hoursAgo(10), isOwn: false, messageText: "I see it every day when I help her. It is redder in the evening.", sentByProxy: { fullName: "Carla Mendes", relationship: "caregiver" } }),
    message("m-3", { sentAt: hoursAgo(3), senderType: "staff", senderName: "Priya Raman", senderTitle: "Nurse", isOwn: false, messageText: "Thank you. Does it itch at night?" }),
  ],
  pagination: { limit: 50, nextCursor: null, hasMore: false, newerCursor: null, hasNewer: false },
  ownLastReadMessageId: "m-3",
});

const problem = (status: number, code: string): Answer => [status, { type: "about:blank", title: code, status, code, detail: "", requestId: "8f2c-41d0" }];
const CODES = Array.from({ length: 10 }, (_, at) => `${at}k7p2-m9xq${at}-tr4w`);
const ok = (body: unknown) => (): Answer => [200, body];
const none = (): Answer => [204];

/** The answers of the made-up server. It changes its mind where a page is meant to see a change. */
export function answersOf(start: PortalState): Answers {
  const state = { ...start };
  const entered = () => ({ accessToken: "stub", expiresIn: 600, account, patients: meOf(state).patients, actingFor: meOf(state).actingFor, tenant: TENANT });
  const proved = (answer: () => Answer) => (): Answer => (state.stepUp ? problem(401, "step_up_required") : answer());
  const enter = (): Answer => {
    state.signedIn = true;
    return [200, entered()];
  };
  return [
    [/^GET \/api\/practices\/riverside$/, ok(practice(state.accent))],
    [/^POST .*\/auth\/refresh$/, () => (state.signedIn ? [200, { accessToken: "stub", expiresIn: 600 }] : problem(401, "unauthenticated"))],
    [/^POST .*\/auth\/login$/, () => (state.methods ? [200, { mfaRequired: true, mfaToken: "mfa", expiresIn: 600, methods: state.methods, enrolmentRequired: false }] : enter())],
    [/^POST .*\/auth\/second-factor$/, (body) => ((body as { code?: string }).code === "000000" ? problem(401, "invalid_code") : enter())],
    [/^GET .*\/auth\/me$/, ok(meOf(state))],
    [/^POST .*\/auth\/(logout|password|password-reset\/confirm|invitation\/accept|email\/confirm|activation\/complete|sessions\/end-others|sessions\/end-all)$/, none],
    [/^POST .*\/auth\/(password-reset|email)$/, () => [202]],
    [/^POST .*\/auth\/activation$/, () => [202, { activationToken: "activation", expiresIn: 900 }]],
    [/^POST .*\/auth\/password-reset\/check$/, ok({ practice: TENANT, minimumLength: 15 })],
    [/^POST .*\/auth\/invitation\/check$/, () => (state.invitation ? [200, { practice: TENANT, kind: "self", relationship: "self", needsBirthDate: true, hasAccount: false, minimumLength: 15, ...state.invitation }] : problem(401, "invalid_token"))],
    [/^GET .*\/auth\/preferences$/, ok({ mailEnabled: true, language: "en" })],
    [/^GET .*\/auth\/factors$/, ok(state.factors ?? { factors: [], recoveryCodesLeft: 0, demanded: false })],
    [/^POST .*\/auth\/factors\/totp$/, proved(() => [201, { id: "f-9", secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", uri: `otpauth://totp/${TENANT.slug}:ana?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=${TENANT.slug}` }])],
    [/^POST .*\/auth\/factors\/totp\/[^/]+\/confirm$/, ok({ recoveryCodes: CODES })],
    [/^POST .*\/auth\/recovery-codes$/, proved(() => [200, { recoveryCodes: CODES }])],
    [/^GET .*\/auth\/step-up$/, ok({ methods: state.factors ? ["totp"] : ["password"], until: null })],
    [/^POST .*\/auth\/step-up$/, () => {
      state.stepUp = false;
      return [204];
    }],
    [/^GET .*\/auth\/sessions$/, ok(SESSIONS)],
    [/^GET \/api\/patient-portal\/grants$/, ok(state.grants ?? { mine: [], given: [], pending: [] })],
    [/^POST \/api\/patient-portal\/grants$/, proved(() => [201, { invitationId: "i-2" }])],
    [/^GET .*\/messages\/threads$/, ok({ threads: [thread(state.isConfidential)], pagination: { limit: 20, nextCursor: null, hasMore: false } })],
    [/^GET .*\/messages\/threads\/thread-1$/, ok(talk(state))],
    [/^POST .*\/mark-read$/, none],
    [/^GET .*\/draft$/, ok({ draft: null })],
    [/^GET .*\/attachment-limits$/, ok({ maxFileBytes: 10_485_760, maxFilesPerMessage: 20, kinds: [] })],
    [/^(DELETE|PUT) /, none],
  ];
}
