import { useSyncExternalStore } from "react";
import type { NewStaffMessage } from "@/api/types";
import { onSignOut } from "../../app/session";
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

const EMPTY: Draft = { text: "", attempt: null, error: null, sentId: null };

// In memory alone: unsent words about a patient never reach the browser's storage.
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();
const place = (threadId: string, mode: Mode) => `${mode} ${threadId}`;

function tell(): void {
  listeners.forEach((listener) => listener());
}

// A session that ran out leaves the words for their own author to come back to.
onSignOut((leaving) => {
  if (leaving === "ran-out") return;
  drafts.clear();
  tell();
});

// Unsent words live only as long as the page: the browser asks before it goes.
window.addEventListener("beforeunload", (event) => {
  if ([...drafts.values()].some(({ text }) => text.trim() !== "")) event.preventDefault();
});

/** The draft of one conversation in one mode. */
export function draftOf(threadId: string, mode: Mode): Draft {
  return drafts.get(place(threadId, mode)) ?? EMPTY;
}

/** Changes a draft; new words drop the key and the error of the old ones. */
export function setDraftText(threadId: string, mode: Mode, text: string): void {
  if (text === draftOf(threadId, mode).text) return;
  drafts.set(place(threadId, mode), { text, attempt: null, error: null, sentId: null });
  if (text === "") endTyping(threadId, mode);
  else noteTyping(threadId, mode);
  tell();
}

/** Notes a try, and what became of it. Words that are gone stay gone. */
export function noteAttempt(threadId: string, mode: Mode, attempt: Partial<Pick<Draft, "attempt" | "error" | "sentId">>): void {
  if (!drafts.has(place(threadId, mode))) return;
  drafts.set(place(threadId, mode), { ...draftOf(threadId, mode), ...attempt });
  tell();
}

/** Empties a draft once the server has the message, never before. */
export function clearDraft(threadId: string, mode: Mode): void {
  drafts.delete(place(threadId, mode));
  endTyping(threadId, mode);
  tell();
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
