import { useSyncExternalStore } from "react";
import { newIdempotencyKey } from "@/api/client";
import type { Category } from "@/api/types";
import { DraftKeeper, type Standing } from "@/drafts/keeper";
import { beforeLeaving, onForget } from "../../session/session";
import { fetchDraft, fetchNewDraft, saveDraft, saveNewDraft } from "./draftQueries";

/** What somebody began to write. */
export interface Draft {
  messageText: string;
  subject?: string;
  category?: Category;
  isConfidential?: boolean;
}

const NEW = "new";

const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();
let lastTry: { words: string; body: unknown; key: string } | null = null;

const keeper = new DraftKeeper<Draft>((name, draft, travel) => {
  const [patientId = "", threadId = ""] = name.split("/");
  return threadId === NEW ? saveNewDraft(patientId, draft, travel) : saveDraft(patientId, threadId, draft, travel);
});

function tell(): void {
  listeners.forEach((listener) => listener());
}

// Drafts are in memory and with the server, never in the browser's storage, and each belongs to one patient. A session
// that ran out leaves them for its own account to come back to.
onForget((what) => {
  if (what === "answers") return;
  drafts.clear();
  keeper.forget();
  lastTry = null;
  tell();
});
beforeLeaving(() => keeper.flush());

/** Names a draft: of one patient, in one conversation or for a new one. */
export const draftName = (patientId: string, threadId = NEW) => `${patientId}/${threadId}`;

/** The draft of this name, if one was begun. */
export function draftOf(name: string): Draft | undefined {
  return drafts.get(name);
}

/** Keeps a draft, here and with the server; an empty one is forgotten. */
export function keepDraft(name: string, draft: Draft): void {
  const written = draft.messageText !== "" || Boolean(draft.subject);
  // What was begun elsewhere may still come back while nothing is written here.
  if (!written && !drafts.has(name)) return;
  if (written) drafts.set(name, draft);
  else drafts.delete(name);
  keeper.changed(name, written ? draft : null);
  tell();
}

/** Before a try: no save of these words is on its way, and none sets out until it is known what became of it. */
export function holdDraft(name: string): Promise<void> {
  return keeper.hold(name);
}

/** After a try that failed: the words are kept again as they are written. */
export function releaseDraft(name: string): void {
  keeper.release(name);
}

/** Forgets a draft that was sent; the server has forgotten its own with it. */
export function draftSent(name: string): void {
  drafts.delete(name);
  keeper.sent(name);
  tell();
}

/**
 * Brings back what was begun before, or elsewhere, where nothing stands here. **Invariant:** words that are being
 * written are never replaced by what comes back.
 */
async function restore(name: string, ask: () => Promise<Draft | null>): Promise<void> {
  if (drafts.has(name)) return;
  const isUntouched = keeper.watch(name);
  const kept = await ask().catch(() => null);
  if (!kept || !isUntouched()) return;
  drafts.set(name, kept);
  keeper.restored(name, kept);
  tell();
}

export const restoreReply = (patientId: string, threadId: string) =>
  restore(draftName(patientId, threadId), () => fetchDraft(threadId));

export const restoreNewMessage = (patientId: string) => restore(draftName(patientId), fetchNewDraft);

/** Saves what is unsaved of a draft that its writer leaves. */
export function leaveDraft(name: string): void {
  keeper.flush(name);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The draft of this name, re-rendering when it changes. */
export function useDraft(name: string): Draft | undefined {
  return useSyncExternalStore(subscribe, () => draftOf(name));
}

/** Whether the server has the draft as it stands, re-rendering when that changes. */
export function useStanding(name: string): Standing | undefined {
  return useSyncExternalStore(keeper.subscribe, () => keeper.standingOf(name));
}

/**
 * What to send for these words, and under which key. **Invariant:** the same words go out again as the same
 * body with the same key, whatever has come onto the screen since: an answer that was lost on the way never
 * makes two messages.
 */
export function tryFor<Body>(path: string, words: unknown, body: Body): { body: Body; key: string } {
  const content = path + JSON.stringify(words);
  if (lastTry?.words !== content) lastTry = { words: content, body, key: newIdempotencyKey() };
  return { body: lastTry.body as Body, key: lastTry.key };
}

/** After a success, or once the writer knows more, the same words are a new act. */
export function keySpent(): void {
  lastTry = null;
}
