import { onTabNews, tellTabs } from "./channel";
import { stayActive } from "./session";

/** The server notes activity at most once a minute; so do we. */
const PING_EVERY_MS = 60_000;
/** How long before the end the warning comes. */
export const WARN_BEFORE_MS = 120_000;

/** A call this soon after a person's act counts as caused by it: sooner than a page that comes by itself. */
const CAUSED_WITHIN_MS = 400;

let lastInputAt = 0;
for (const input of ["pointerdown", "pointerup", "keydown"] as const)
  window.addEventListener(input, () => (lastInputAt = Date.now()), { capture: true, passive: true });

/** Whether a call made now answers to a person's act rather than to a timer. */
export function causedByPerson(): boolean {
  return Date.now() - lastInputAt < CAUSED_WITHIN_MS;
}

let lastActiveAt = Date.now();
let pinging = false;

/** When the server last heard that the reader is here. Wall-clock time: a sleeping device counts. */
export function lastActivity(): number {
  return lastActiveAt;
}

/** Notes that the server just heard of the reader, and tells the other tabs. */
export function noteActivity(at = Date.now()): void {
  lastActiveAt = at;
  tellTabs({ kind: "activity", at });
}

/** The reader moved: tells the server, at most once a minute, and never while polling. */
export async function reportActivity(): Promise<void> {
  if (pinging || Date.now() - lastActiveAt < PING_EVERY_MS) return;
  pinging = true;
  const at = Date.now();
  try {
    await stayActive();
    noteActivity(at);
  } catch {
    // A refusal ends the session by itself; a lost connection is tried again with the next movement.
  } finally {
    pinging = false;
  }
}

/** Another tab's activity keeps the one session alive for all. */
export function followActivity(): () => void {
  return onTabNews((news) => {
    if (news.kind === "activity") lastActiveAt = Math.max(lastActiveAt, news.at);
  });
}
