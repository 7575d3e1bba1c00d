import type { StaffDraft, StaffDrafts } from "@/api/types";
import type { Travel } from "@/drafts/keeper";
import { api } from "../app/session";

const at = (threadId: string) => `/api/patient-messages/threads/${threadId}/draft`;

/** What one has begun to write into a conversation, here or elsewhere. */
export function fetchDrafts(threadId: string): Promise<StaffDrafts | undefined> {
  return api.get<StaffDrafts | undefined>(at(threadId));
}

/** Keeps words with the server; none clear the draft. It repeats by itself, so it is no activity. */
export async function saveDraft(threadId: string, body: StaffDraft, travel: Travel): Promise<void> {
  if (!api.signedIn) throw new Error("nobody is signed in");
  await api.put<void>(at(threadId), { body, ...travel });
}
