import type { PortalMessage, PortalThread } from "@/api/types";

/** Whether the care team has seen an own message. */
export type Seen = { kind: "seen"; at?: string } | { kind: "sent" };

/** One line of a conversation: a day, the "New" line, or a message. */
export type Line =
  | { kind: "day"; key: string; at: string; isNew: boolean }
  | { kind: "message"; key: string; message: PortalMessage; seen?: Seen };

const dayOf = (at: string) => new Date(at).toDateString();

/**
 * The first message that is new to the reader: after the last one they had read, by somebody else,
 * automatic replies aside. Null when there is none, or when it stands on a page that is not loaded.
 */
export function firstNew(messages: PortalMessage[], lastReadId: string | null, complete: boolean): string | null {
  const read = lastReadId === null ? -1 : messages.findIndex(({ id }) => id === lastReadId);
  if (read < 0 && !(lastReadId === null && complete)) return null;
  const fresh = messages.slice(read + 1).find(({ isOwn, senderType }) => !isOwn && senderType !== "system");
  return fresh?.id ?? null;
}

/**
 * What the receipt below an own message says. An answer after it proves that it was seen. Where later messages are not
 * on the screen (`atEnd` is false) nobody can say which own message was the newest to be seen, so no time is given.
 */
export function seenOf(message: PortalMessage, later: PortalMessage[], thread: PortalThread, atEnd = true): Seen {
  const { seenByCareTeamAt } = thread;
  if (seenByCareTeamAt !== null && seenByCareTeamAt >= message.sentAt) {
    const newest = atEnd && !later.some((next) => next.isOwn && next.sentAt <= seenByCareTeamAt);
    return { kind: "seen", at: newest ? seenByCareTeamAt : undefined };
  }
  return later.some(({ senderType }) => senderType === "staff") ? { kind: "seen" } : { kind: "sent" };
}

/** The conversation as it is read, oldest first. */
export function linesOf(messages: PortalMessage[], thread: PortalThread, newId: string | null, atEnd = true): Line[] {
  return messages.flatMap((message, index) => {
    const before = messages[index - 1];
    const isNew = message.id === newId;
    const lines: Line[] = [];
    if (isNew || !before || dayOf(before.sentAt) !== dayOf(message.sentAt))
      lines.push({ kind: "day", key: `day-${message.id}`, at: message.sentAt, isNew });
    const seen = message.isOwn ? seenOf(message, messages.slice(index + 1), thread, atEnd) : undefined;
    lines.push({ kind: "message", key: message.id, message, seen });
    return lines;
  });
}
