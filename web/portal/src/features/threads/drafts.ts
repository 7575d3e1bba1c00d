import { newIdempotencyKey } from "@/api/client";
import type { Category } from "@/api/types";
import { onForget } from "../../session/session";

/** What somebody began to write. */
export interface Draft {
  messageText: string;
  subject?: string;
  category?: Category;
  isConfidential?: boolean;
}

const drafts = new Map<string, Draft>();
let lastTry: { words: string; body: unknown; key: string } | null = null;

// Drafts live in this page's memory alone, and each belongs to one patient. A session that ran out
// leaves them for its own account to come back to.
onForget((what) => {
  if (what === "answers") return;
  drafts.clear();
  lastTry = null;
});

/** Names a draft: of one patient, in one conversation or for a new one. */
export const draftName = (patientId: string, threadId = "new") => `${patientId}/${threadId}`;

/** The draft of this name, if one was begun. */
export function draftOf(name: string): Draft | undefined {
  return drafts.get(name);
}

/** Keeps a draft; an empty one is forgotten. */
export function keepDraft(name: string, draft: Draft | null): void {
  if (draft && (draft.messageText || draft.subject)) drafts.set(name, draft);
  else drafts.delete(name);
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
