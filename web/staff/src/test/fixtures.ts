import type { Operation, StaffMe, StaffMessage, StaffThread, StaffThreadDetail, StaffThreadPage } from "@/api/types";

export const ME = "00000000-0000-7000-8000-000000000001";
export const THREAD = "00000000-0000-7000-8000-0000000000aa";

const ALL: Operation[] = [
  "list_threads", "start_thread", "reply", "note", "assign", "set_status", "send_for_review", "approve",
  "set_priority", "edit_thread", "close", "reopen", "use_canned", "manage_canned", "search_patients", "list_staff",
  "read_auto_replies", "manage_auto_replies",
];

export function me(change: Partial<StaffMe> = {}): StaffMe {
  return {
    user: { id: ME, fullName: "Priya Raman-Whitfield", title: "Nurse", email: "nurse@riverside.example", role: "nurse" },
    tenant: { id: "t1", slug: "riverside", name: "Riverside Dermatology" },
    mayDo: ALL,
    categories: ["general", "prescription", "appointment", "billing", "medical", "other"],
    session: { idleMinutes: 15, expiresAt: "2026-03-12T20:00:00.000Z" },
    emergencyAccessUntil: null,
    ...change,
  };
}

export function thread(change: Partial<StaffThread> = {}): StaffThread {
  return {
    id: THREAD, patientId: "p1", subject: "Eyelid swelling", category: "medical", priority: "high",
    status: "in-progress", assignedTo: null, assignedToName: null, assignedTeam: null, assignedTeamName: null,
    createdByPatient: true, lastMessageAt: "2026-03-12T09:42:00.000Z", lastMessageBy: "patient",
    lastMessagePreview: "My left eyelid is puffy", messageCount: 2, isReadByStaff: false, unreadCount: 1, isStarred: false,
    createdAt: "2026-03-11T20:14:00.000Z", updatedAt: "2026-03-12T09:42:00.000Z",
    patientName: "Ana Silva", patientMrn: "004-18823", version: 3, archivedAt: null, closedAt: null,
    closeReason: null, linkedThreadId: null, isConfidential: false, integrity: "ok", ...change,
  };
}

export function detail(change: Partial<StaffThreadDetail> = {}): StaffThreadDetail {
  return {
    ...thread(),
    patient: {
      id: "p1", fullName: "Ana Silva", mrn: "004-18823", birthDate: "1991-06-02", phone: "(555) 010-0187",
      email: "ana.silva@example.org", language: "en", proxies: [], portalAccount: true,
    },
    earlierThreads: [], ownLastReadMessageId: null, patientSeen: [], staffSeen: [], links: [], ...change,
  };
}

export function message(id: string, change: Partial<StaffMessage> = {}): StaffMessage {
  return {
    id, senderType: "patient", senderId: null, senderName: "Ana Silva", senderTitle: null, messageText: `text of ${id}`,
    sentAt: "2026-03-12T09:42:00.000Z", isInternalNote: false, hasAttachments: false, attachments: [],
    integrity: "ok", revisedAt: null, sentByProxy: null, mentions: [], ...change,
  };
}

export function page(thread: StaffThreadDetail, messages: StaffMessage[]): StaffThreadPage {
  return { thread, messages, pagination: { limit: 50, nextCursor: null, hasMore: false, newerCursor: null, hasNewer: false } };
}
