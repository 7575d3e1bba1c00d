import type { Pagination, StaffThreadDetail } from "./types";

/** The shapes of the event streams. Events name what changed and carry no patient's word: the app fetches that. */

export type ThreadEventKind =
  | "started" | "message" | "note" | "assigned" | "status" | "fields" | "read" | "seen" | "file" | "links"
  /** Moved out of what the reader may see. */
  | "gone";

export interface ThreadEvent {
  type: "thread";
  threadId: string;
  kind: ThreadEventKind;
  messageId?: string;
  /** Who did it; staff alone are told. */
  actorId?: string;
}

export type PresenceState = "viewing" | "replying" | "noting";

export interface Viewer {
  staffId: string;
  fullName: string;
  state: PresenceState;
  /** The entry lapses then, unless it is renewed. */
  until: string;
}

export interface PresenceAnswer {
  viewers: Viewer[];
}

/** Everybody who has the conversation open, but the reader. */
export interface PresenceEvent extends PresenceAnswer {
  type: "presence";
  threadId: string;
}

/** Something for the reader alone. */
export interface NotificationEvent {
  type: "notification";
  notificationId: string;
  threadId: string;
}

/** What an app is told of. */
export type LiveEvent = ThreadEvent | PresenceEvent | NotificationEvent;

export type ClosingReason = "session_ended" | "shutdown" | "too_slow";

/** What the stream says about itself. */
export type StreamEvent = { type: "ready"; resumed: boolean } | { type: "reset" } | { type: "closing"; reason: ClosingReason };

const KNOWN = ["thread", "presence", "notification", "ready", "reset", "closing"];

/**
 * Reads one event. An unknown name is nothing, for a newer server may say more; one that cannot be read is a
 * `reset`, for something has changed and nobody knows what.
 */
export function readLiveEvent(name: string | undefined, json: string): LiveEvent | StreamEvent | undefined {
  if (name === undefined || !KNOWN.includes(name)) return undefined;
  if (name === "reset") return { type: "reset" };
  try {
    return { ...(JSON.parse(json) as object), type: name } as LiveEvent | StreamEvent;
  } catch {
    return { type: "reset" };
  }
}

/** Pages that go on in both directions, as those of a conversation do. */
export type BothWays = Pagination & { newerCursor?: string | null; hasNewer?: boolean };

/** How far a colleague has read. */
export interface StaffSeen {
  staffId: string;
  fullName: string;
  at: string;
  messageId: string;
}

export type SeenDetail = StaffThreadDetail & { staffSeen?: StaffSeen[] };
