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
let lastTry: { body: string; key: string } | null = null;

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
 * The idempotency key for this content. **Invariant:** sending the same words again uses the same key,
 * so an answer that was lost on the way never makes two messages.
 */
export function keyFor(path: string, body: unknown): string {
  const content = path + JSON.stringify(body);
  if (lastTry?.body !== content) lastTry = { body: content, key: newIdempotencyKey() };
  return lastTry.key;
}

/** After a success the same words are a new act. */
export function keySpent(): void {
  lastTry = null;
}
