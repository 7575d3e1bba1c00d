import type { PatientSeen, StaffMessage, StaffSeen } from "@/api/types";

export type TimelineItem =
  | { kind: "day"; key: string; at: string }
  | { kind: "new"; key: string }
  | { kind: "message"; key: string; message: StaffMessage };

/** Messages with day lines between them and the "New" line before the first one that was unread on opening. */
export function buildTimeline(messages: StaffMessage[], firstNewId: string | null): TimelineItem[] {
  const items: TimelineItem[] = [];
  let day = "";
  for (const message of messages) {
    const itsDay = new Date(message.sentAt).toDateString();
    if (itsDay !== day) items.push({ kind: "day", key: `day-${message.id}`, at: message.sentAt });
    day = itsDay;
    if (message.id === firstNewId) items.push({ kind: "new", key: "new" });
    items.push({ kind: "message", key: message.id, message });
  }
  return items;
}

/** The first message after one's own cursor that somebody else wrote. */
export function firstUnread(messages: StaffMessage[], lastReadId: string | null, ownId: string): string | null {
  const at = lastReadId === null ? -1 : messages.findIndex((message) => message.id === lastReadId);
  // A cursor older than what is loaded: everything loaded is newer than it.
  const after = messages.slice(at + 1);
  return after.find((message) => message.senderId !== ownId && message.senderType !== "system")?.id ?? null;
}

/** Somebody who has read a message, and when. */
export interface Reader {
  name: string;
  at: string;
}

/**
 * Which colleagues have read how far: each stands at the newest message of the patient, or note, that they have read,
 * for they have read everything before it too.
 */
export function colleaguesAt(messages: StaffMessage[], seen: StaffSeen[]): Map<string, Reader[]> {
  const place = new Map(messages.map((message, index) => [message.id, index]));
  const readers = new Map<string, Reader[]>();
  for (const { fullName, at, messageId, staffId } of seen) {
    const upTo = place.get(messageId);
    if (upTo === undefined) continue;
    const last = messages.slice(0, upTo + 1).findLast(({ senderType, isInternalNote }) => senderType === "patient" || isInternalNote);
    if (last && last.senderId !== staffId) readers.set(last.id, [...(readers.get(last.id) ?? []), { name: fullName, at }]);
  }
  return readers;
}

/** Who of the patient's side has read each staff message, by the newest message each of them has read. */
export function readersOf(messages: StaffMessage[], seen: PatientSeen[]): Map<string, PatientSeen> {
  const place = new Map(messages.map((message, index) => [message.id, index]));
  const readers = new Map<string, PatientSeen>();
  for (const reader of seen) {
    const upTo = place.get(reader.messageId);
    if (upTo === undefined) continue;
    for (const message of messages.slice(0, upTo + 1))
      if (message.senderType === "staff" && !message.isInternalNote && !readers.has(message.id))
        readers.set(message.id, reader);
  }
  return readers;
}

/** The newest public message at or before this one: what a reply's author has seen. */
export function newestPublicUpTo(messages: StaffMessage[], id: string | null): string | undefined {
  const at = id === null ? messages.length - 1 : messages.findIndex((message) => message.id === id);
  return messages.slice(0, at + 1).findLast((message) => !message.isInternalNote)?.id;
}
