import { useSyncExternalStore } from "react";
import type { NewStaffMessage } from "@/api/types";
import { DraftKeeper, type Standing } from "@/drafts/keeper";
import { beforeSignOut, onSignOut } from "../../app/session";
import { fetchDrafts, saveDraft } from "../../data/drafts";
import { endTyping, noteTyping } from "../../data/typing";

/** Whom the words are for. The two never share a draft. */
export type Mode = "reply" | "note";

/** One try to send some words: what went out, and under which key. */
export interface Attempt {
  key: string;
  body: NewStaffMessage;
}

export interface Draft {
  text: string;
  /** Colleagues who were chosen, not only written: of namesakes the words alone do not say which. In memory alone. */
  chosenIds: readonly string[];
  /**
   * Made at the first try and kept until the words change: "Send again" repeats it to the letter, so that
   * an answer lost on the way never makes two messages, whatever has come onto the screen since.
   */
  attempt: Attempt | null;
  /** Why the last attempt failed. */
  error: unknown;
  /** What the words became: the server has them, the page does not yet. */
  sentId: string | null;
}

const EMPTY: Draft = { text: "", chosenIds: [], attempt: null, error: null, sentId: null };

const MODES = ["reply", "note"] as const;

// In memory and with the server: unsent words about a patient never reach the browser's storage.
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();
const place = (threadId: string, mode: Mode) => `${mode} ${threadId}`;

const keeper = new DraftKeeper<string>((name, text, travel) => {
  const [kind, threadId] = name.split(" ") as [Mode, string];
  return saveDraft(threadId, { kind, text: text ?? "" }, travel);
});

function tell(): void {
  listeners.forEach((listener) => listener());
}

// A session that ran out leaves the words for their own author to come back to.
onSignOut((leaving) => {
  if (leaving === "ran-out") return;
  drafts.clear();
  keeper.forget();
  tell();
});
beforeSignOut(() => keeper.flush());

/** The draft of one conversation in one mode. */
export function draftOf(threadId: string, mode: Mode): Draft {
  return drafts.get(place(threadId, mode)) ?? EMPTY;
}

/** Changes a draft; new words drop the key and the error of the old ones. */
export function setDraftText(threadId: string, mode: Mode, text: string): void {
  if (text === draftOf(threadId, mode).text) return;
  // Who was chosen in words that were given up is not meant by the next ones.
  const chosenIds = text.trim() === "" ? [] : draftOf(threadId, mode).chosenIds;
  drafts.set(place(threadId, mode), { ...EMPTY, chosenIds, text });
  keeper.changed(place(threadId, mode), text.trim() === "" ? null : text);
  if (text === "") endTyping(threadId, mode);
  else noteTyping(threadId, mode);
  tell();
}

/** Says which colleagues a note means; another choice makes it another message. */
export function setChosen(threadId: string, chosenIds: readonly string[]): void {
  drafts.set(place(threadId, "note"), { ...EMPTY, text: draftOf(threadId, "note").text, chosenIds });
  tell();
}

/** Notes a try, and what became of it. Words that are gone stay gone. */
export function noteAttempt(threadId: string, mode: Mode, attempt: Partial<Pick<Draft, "attempt" | "error" | "sentId">>): void {
  if (!drafts.has(place(threadId, mode))) return;
  drafts.set(place(threadId, mode), { ...draftOf(threadId, mode), ...attempt });
  tell();
}

/** Before a try: no save of these words is on its way, and none sets out until it is known what became of it. */
export function holdDraft(threadId: string, mode: Mode): Promise<void> {
  return keeper.hold(place(threadId, mode));
}

/** After a try that failed: the words are kept again as they are written. */
export function releaseDraft(threadId: string, mode: Mode): void {
  keeper.release(place(threadId, mode));
}

/** Empties a draft once the server has the message, never before; the server has emptied its own with it. */
export function clearDraft(threadId: string, mode: Mode): void {
  drafts.delete(place(threadId, mode));
  keeper.sent(place(threadId, mode));
  endTyping(threadId, mode);
  tell();
}

/**
 * Brings back what was begun before, or elsewhere, where nothing stands here. **Invariant:** words that are being
 * written are never replaced by what comes back.
 */
export async function restoreDrafts(threadId: string): Promise<void> {
  const empty = MODES.filter((mode) => draftOf(threadId, mode).text === "")
    .map((mode) => ({ mode, isUntouched: keeper.watch(place(threadId, mode)) }));
  if (empty.length === 0) return;
  const kept = await fetchDrafts(threadId).catch(() => undefined);
  for (const { mode, isUntouched } of empty) {
    const text = kept?.[mode]?.text;
    if (!text || !isUntouched()) continue;
    drafts.set(place(threadId, mode), { ...EMPTY, text });
    keeper.restored(place(threadId, mode), text);
  }
  tell();
}

/** Saves what is unsaved of a conversation that its writer leaves. */
export function leaveDrafts(threadId: string): void {
  MODES.forEach((mode) => keeper.flush(place(threadId, mode)));
}

/** Whether the server has the words as they stand, re-rendering when that changes. */
export function useStanding(threadId: string, mode: Mode): Standing | undefined {
  return useSyncExternalStore(keeper.subscribe, () => keeper.standingOf(place(threadId, mode)));
}

/** The draft, re-rendering when it changes. */
export function useDraft(threadId: string, mode: Mode): Draft {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => draftOf(threadId, mode),
  );
}
