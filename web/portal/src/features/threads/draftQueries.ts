import type { OwnDraft, OwnThreadDraft } from "@/api/types";
import type { Travel } from "@/drafts/keeper";
import { actsFor, client } from "../../session/session";
import type { Draft } from "./drafts";
import { BASE } from "./queries";

const NEW = `${BASE}/draft`;
const at = (threadId: string) => `${BASE}/threads/${encodeURIComponent(threadId)}/draft`;

/** What was begun in a conversation, here or elsewhere. */
export async function fetchDraft(threadId: string): Promise<Draft | null> {
  const { draft } = await client.get<OwnDraft>(at(threadId));
  return draft && { messageText: draft.text };
}

/** The conversation that was begun, here or elsewhere. */
export async function fetchNewDraft(): Promise<Draft | null> {
  const { draft } = await client.get<OwnThreadDraft>(NEW);
  if (!draft) return null;
  const { text, subject, category, isConfidential } = draft;
  return { messageText: text, subject, category: category ?? undefined, isConfidential };
}

/** Drafts of one patient are never kept while the session acts for another. It repeats by itself, so it is no activity. */
async function put(patientId: string, path: string, body: object, travel: Travel): Promise<void> {
  if (!client.signedIn || !actsFor(patientId)) throw new Error("the session is not the draft's");
  await client.put<void>(path, { body, ...travel });
}

/** Keeps the words of a reply with the server; none clear them. */
export function saveDraft(patientId: string, threadId: string, draft: Draft | null, travel: Travel): Promise<void> {
  return put(patientId, at(threadId), { text: draft?.messageText ?? "" }, travel);
}

/** Keeps a new conversation with the server; none clears it. */
export function saveNewDraft(patientId: string, draft: Draft | null, travel: Travel): Promise<void> {
  const { messageText = "", subject = "", category, isConfidential } = draft ?? {};
  const body = { text: messageText, subject, ...(category && { category }), ...(isConfidential && { isConfidential }) };
  return put(patientId, NEW, body, travel);
}
