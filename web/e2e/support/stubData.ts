import type { components } from "../../src/api/schema.ts";

type Schemas = components["schemas"];

/** Made-up conversations by number: the same number is always the same conversation. */
export interface Scale {
  threads: number;
  messages: number;
}

const OPERATIONS: Schemas["Operation"][] = [
  "list_threads", "start_thread", "reply", "note", "assign", "set_status", "send_for_review", "approve", "set_priority",
  "edit_thread", "close", "reopen", "use_canned", "manage_canned", "search_patients", "list_staff", "read_auto_replies",
  "manage_auto_replies",
];
const CATEGORIES: Schemas["Category"][] = ["general", "prescription", "appointment", "billing", "medical", "other"];
const STATUSES: Schemas["Status"][] = ["open", "in-progress", "waiting-patient", "waiting-provider"];
const PRIORITIES: Schemas["Priority"][] = ["low", "normal", "normal", "high", "urgent"];
const NAMES = ["Ana Lucía Silva-Monteiro", "Li Wei", "Ben Okafor", "María Guadalupe Hernández-Villanueva de la Torre", "Zoe Ng"];
const WORDS = "the rash on my left arm is better but it still itches at night and the cream burns a little when I use it so please tell me".split(" ");

const START = Date.parse("2026-03-12T15:00:00.000Z");
const MINUTE = 60_000;
const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T;
const idOf = (kind: string, at: number) => `00000000-0000-7000-${kind}-${at.toString(16).padStart(12, "0")}`;
const sentence = (seed: number, words: number) => Array.from({ length: words }, (_, at) => pick(WORDS, seed + at * 7)).join(" ");

const ownId = idOf("8000", 1);

export const threadId = (at: number) => idOf("8001", at);
export const messageId = (at: number) => idOf("8002", at);
export const STAFF = [
  { id: ownId, fullName: "Priya Raman-Whitfield", title: "Nurse", role: "nurse", categories: CATEGORIES },
  { id: idOf("8000", 2), fullName: "Dr. Amara Okafor", title: "MD", role: "provider", categories: CATEGORIES },
];
export const ME: Schemas["StaffMe"] = {
  user: { id: ownId, fullName: "Priya Raman-Whitfield", title: "Nurse", email: "nurse@riverside.example", role: "nurse" },
  tenant: { id: idOf("8003", 1), slug: "riverside", name: "Riverside Dermatology" },
  mayDo: OPERATIONS,
  categories: CATEGORIES,
  session: { idleMinutes: 15, expiresAt: "2099-01-01T00:00:00.000Z" },
  emergencyAccessUntil: null,
};

function threadAt(at: number): Schemas["StaffThread"] {
  const lastMessageAt = new Date(START - at * 11 * MINUTE).toISOString();
  const assigned = at % 3 === 0;
  return {
    id: threadId(at), patientId: idOf("8004", at % 500), subject: `Question ${at}: ${sentence(at, 4)}`, category: pick(CATEGORIES, at),
    priority: pick(PRIORITIES, at), status: pick(STATUSES, at), assignedTo: assigned ? ownId : null,
    assignedToName: assigned ? "Priya Raman-Whitfield" : null, assignedTeam: null, assignedTeamName: null, createdByPatient: true,
    lastMessageAt, lastMessageBy: at % 4 ? "patient" : "staff", lastMessagePreview: sentence(at + 3, 16), messageCount: (at % 9) + 1,
    isReadByStaff: at % 5 !== 0, unreadCount: at % 5 === 0 ? 1 : 0, isStarred: at % 9 === 0, createdAt: lastMessageAt, updatedAt: lastMessageAt,
    patientName: pick(NAMES, at), patientMrn: `004-${at}`, version: 1, archivedAt: null, closedAt: null, closeReason: null,
    linkedThreadId: null, isConfidential: false, integrity: "ok",
  };
}

export function detailOf(id: string): Schemas["StaffThreadDetail"] {
  const row = threadAt(Number.parseInt(id.slice(-12), 16));
  const patient = {
    id: row.patientId, fullName: row.patientName, mrn: row.patientMrn, birthDate: "1991-06-02", phone: "(555) 010-0187",
    email: "ana.silva@example.org", language: "en", proxies: [], portalAccount: true,
  };
  return { ...row, patient, earlierThreads: [], links: [], ownLastReadMessageId: null, patientSeen: [], staffSeen: [] };
}

function messageAt(at: number, scale: Scale): Schemas["StaffMessage"] {
  const isNote = at % 17 === 0;
  const isStaff = isNote || at % 3 === 1;
  return {
    id: messageId(at), senderType: isStaff ? "staff" : "patient", senderId: isStaff ? pick(STAFF, at).id : null,
    senderName: isStaff ? pick(STAFF, at).fullName : "Ana Lucía Silva-Monteiro", senderTitle: isStaff ? "Nurse" : null,
    messageText: `Message ${at}. ${sentence(at, 4 + ((at * 37) % 90))}`, sentAt: new Date(START - (scale.messages - at) * 19 * MINUTE).toISOString(),
    isInternalNote: isNote, hasAttachments: false, attachments: [], integrity: "ok", revisedAt: null, sentByProxy: null, mentions: [],
  };
}

/** A cursor is the number of the row or message that it stands before. */
const cursorOf = (at: number) => `at-${at}`;
const numberOf = (cursor: string) => Number(cursor.slice(3));

export function threadPage(query: URLSearchParams, scale: Scale): Schemas["StaffThreadList"] {
  const from = numberOf(query.get("cursor") ?? cursorOf(0));
  const to = Math.min(scale.threads, from + Number(query.get("limit") ?? 50));
  const hasMore = to < scale.threads;
  return {
    threads: Array.from({ length: to - from }, (_, at) => threadAt(from + at)),
    pagination: { limit: to - from, nextCursor: hasMore ? cursorOf(to) : null, hasMore },
  };
}

export function messagePage(query: URLSearchParams, scale: Scale): Omit<Schemas["StaffThreadPage"], "thread"> {
  const limit = Number(query.get("limit") ?? 50);
  const around = query.get("around");
  const cursor = query.get("cursor");
  const newer = cursor?.startsWith("new");
  const middle = around ? Number.parseInt(around.slice(-12), 16) : undefined;
  const end = middle !== undefined ? middle + Math.ceil(limit / 2)
    : newer ? numberOf(cursor?.slice(3) ?? "") + limit
    : cursor ? numberOf(cursor) : scale.messages;
  const to = Math.min(scale.messages, end);
  const from = Math.max(0, (newer ? numberOf(cursor?.slice(3) ?? "") : end - limit));
  return {
    messages: Array.from({ length: to - from }, (_, at) => messageAt(from + at, scale)),
    pagination: {
      limit, nextCursor: from > 0 ? cursorOf(from) : null, hasMore: from > 0,
      newerCursor: to < scale.messages ? `new${cursorOf(to)}` : null, hasNewer: to < scale.messages,
    },
  };
}
