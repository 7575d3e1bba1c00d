import type { ViewerState } from "@/api/types";
import { idleFor } from "../app/activity";
import { announce, takeLeave } from "./presence";
import { onTyping, ownState } from "./typing";

const BEAT_MS = 15_000;
const LOOK_MS = 1_000;
/** Who has touched nothing for so long is not reading; and a page that nobody is at must not keep a session alive. */
const AWAY_MS = 120_000;

/** Tells colleagues what one is at in a conversation until it is ended, when it says goodbye. */
export function startHeartbeat(threadId: string): () => void {
  let said: ViewerState | null = null;
  let saidAt = 0;
  const look = () => {
    if (idleFor() >= AWAY_MS) return;
    const state = ownState(threadId);
    if (state === said && Date.now() - saidAt < BEAT_MS) return;
    said = state;
    saidAt = Date.now();
    // One that got lost is made good by the next.
    announce(threadId, state).catch(() => undefined);
  };
  const leave = () => takeLeave(threadId);
  const timer = setInterval(look, LOOK_MS);
  const stopListening = onTyping(look);
  window.addEventListener("pagehide", leave);
  look();
  return () => {
    clearInterval(timer);
    stopListening();
    window.removeEventListener("pagehide", leave);
    leave();
  };
}
