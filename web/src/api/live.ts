import type { Closed, NotificationEvent, PortalThreadEvent, PresenceEvent, Ready, StaffThreadEvent } from "./types";

/** The shapes of the event streams. Events name what changed and carry no patient's word: the app fetches that. */

export type ThreadEventKind = StaffThreadEvent["kind"] | PortalThreadEvent["kind"];

/** A conversation changed; staff alone are told who did it. */
export interface ThreadEvent extends Omit<StaffThreadEvent, "kind"> {
  type: "thread";
  kind: ThreadEventKind;
}

/** What an app is told of. */
export type LiveEvent =
  | ThreadEvent
  /** Everybody who has the conversation open, but the reader. */
  | ({ type: "presence" } & PresenceEvent)
  /** Something for the reader alone. */
  | ({ type: "notification" } & NotificationEvent)
  /** Something that the practice decides: views, teams, colleagues, canned responses, settings. */
  | { type: "practice" };

export type ClosingReason = Closed["reason"];

/** What the stream says about itself. */
export type StreamEvent = ({ type: "ready" } & Ready) | { type: "reset" } | ({ type: "closing" } & Closed);

const KNOWN = ["thread", "presence", "notification", "practice", "ready", "reset", "closing"];

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
