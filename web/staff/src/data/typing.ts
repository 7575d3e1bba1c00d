import type { ViewerState } from "@/api/types";
import { onSignOut } from "../app/session";

/** Somebody who changed nothing for so long is reading again. */
const WRITING_FOR_MS = 10_000;

/** Where somebody last changed words, for whom, and when: no word itself. */
let last: { threadId: string; mode: "reply" | "note"; at: number } | null = null;
const listeners = new Set<() => void>();

onSignOut(() => {
  last = null;
});

/** Notes that the words of a draft changed under somebody's hands. */
export function noteTyping(threadId: string, mode: "reply" | "note"): void {
  last = { threadId, mode, at: Date.now() };
  listeners.forEach((listener) => listener());
}

/** Notes that nobody writes these words any more: they are with the server, or gone. */
export function endTyping(threadId: string, mode: "reply" | "note"): void {
  if (last?.threadId !== threadId || last.mode !== mode) return;
  last = null;
  listeners.forEach((listener) => listener());
}

/** Calls back when writing goes on or ends; returns the way to stop. */
export function onTyping(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What one is at in a conversation. */
export function ownState(threadId: string, now = Date.now()): ViewerState {
  if (last?.threadId !== threadId || now - last.at >= WRITING_FOR_MS) return "viewing";
  return last.mode === "note" ? "noting" : "replying";
}
