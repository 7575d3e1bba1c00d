import type { PortalMe, PortalMessage, PortalPatient, PortalThread, PortalThreadPage, Practice } from "@/api/types";

export const riverside: Practice = {
  slug: "riverside",
  name: "Riverside Dermatology",
  phone: "(555) 010-0142",
  emergencyText: "If this is an emergency, call 911.",
  hours: "Monday to Friday, 8 AM to 5 PM",
  answerTimes: [{ category: "prescription", text: "1 to 2 days" }],
  reopenWindowDays: 14,
  afterHoursText: "We do not read messages at night or on weekends.",
  accent: "violet",
  timeZone: "America/New_York",
  businessHours: [],
  holidays: [],
  isOpen: true,
  identityCheck: false,
  patientsMayInvite: true,
};

export const ana: PortalPatient = { id: "p-ana", fullName: "Ana Silva", relationship: "self", scope: "write" };
export const sofia: PortalPatient = { id: "p-sofia", fullName: "Sofia Mendes", relationship: "guardian", scope: "write" };
export const mateo: PortalPatient = { id: "p-mateo", fullName: "Mateo Mendes", relationship: "guardian", scope: "write" };

/** The account behind a session. */
export function meOf(patients: PortalPatient[], actingFor: string | null = patients[0]?.id ?? null): PortalMe {
  return {
    account: { id: `a-${patients.map(({ id }) => id).join()}`, fullName: "Carla Mendes", email: "carla.mendes@example.org", language: "en" },
    patients,
    actingFor,
    tenant: { id: "t-1", slug: "riverside", name: riverside.name },
    session: { idleMinutes: 20, expiresAt: "2030-01-01T00:00:00.000Z" },
  };
}

/** A conversation as the list shows it. */
export function threadOf(change: Partial<PortalThread> = {}): PortalThread {
  return {
    id: "thread-1",
    patientId: ana.id,
    subject: "Tretinoin refill",
    category: "prescription",
    status: "open",
    createdByPatient: true,
    lastMessageAt: "2026-03-11T09:42:00.000Z",
    lastMessageBy: "patient",
    lastMessagePreview: "May I have a refill?",
    messageCount: 1,
    unreadCount: 0,
    createdAt: "2026-03-11T09:42:00.000Z",
    updatedAt: "2026-03-11T09:42:00.000Z",
    patientName: ana.fullName,
    seenByCareTeamAt: null,
    closedAt: null,
    reopensUntil: null,
    linkedThreadId: null,
    isConfidential: false,
    integrity: "ok",
    ...change,
  };
}

/** A message of a conversation; the reader's own unless told. */
export function messageOf(id: string, change: Partial<PortalMessage> = {}): PortalMessage {
  return {
    id,
    senderType: "patient",
    senderName: ana.fullName,
    senderTitle: null,
    messageText: "May I have a refill?",
    sentAt: "2026-03-11T09:42:00.000Z",
    hasAttachments: false,
    attachments: [],
    integrity: "ok",
    revisedAt: null,
    sentByProxy: null,
    isOwn: true,
    ...change,
  };
}

/** What the care team wrote. */
export function staffMessage(id: string, messageText: string, change: Partial<PortalMessage> = {}): PortalMessage {
  return messageOf(id, { senderType: "staff", senderName: "Priya Raman", senderTitle: "Nurse", isOwn: false, messageText, ...change });
}

/** A conversation with its newest page. */
export function pageOf(thread: PortalThread, messages: PortalMessage[], change: Partial<PortalThreadPage> = {}): PortalThreadPage {
  return {
    thread,
    messages,
    pagination: { limit: 30, nextCursor: null, hasMore: false, newerCursor: null, hasNewer: false },
    ownLastReadMessageId: messages.findLast(({ isOwn }) => isOwn)?.id ?? null,
    ...change,
  };
}
