import type { BulkResults, ThreadAct } from "@/api/types";
import { api, queryClient } from "../app/session";
import { notificationKeys } from "./notifications";
import { readMarks } from "./threads";

const BASE = "/api/patient-messages/threads/bulk";
/** As many as one call takes. */
const AT_ONCE = 200;

/** What became of an act on several conversations, and how to take it back. */
export interface BulkOutcome extends Omit<BulkResults, "undoToken"> {
  undoTokens: string[];
  /** Why the rest was not tried: what is in the results was answered before. */
  stoppedBy?: unknown;
}

async function collected(calls: (() => Promise<BulkResults>)[]): Promise<BulkOutcome> {
  const outcome: BulkOutcome = { results: [], done: 0, unchanged: 0, refused: 0, undoTokens: [] };
  try {
    // One after the other: the next part waits for the answer to the last.
    for (const call of calls) {
      const { undoToken, ...answer } = await call();
      outcome.results.push(...answer.results);
      outcome.done += answer.done;
      outcome.unchanged += answer.unchanged;
      outcome.refused += answer.refused;
      if (undoToken) outcome.undoTokens.push(undoToken);
    }
  } catch (error) {
    if (outcome.results.length === 0) throw error;
    outcome.stoppedBy = error;
  } finally {
    void queryClient.invalidateQueries({ queryKey: ["threads"] });
    // What one reads, or may no longer see, takes its notifications along.
    void queryClient.invalidateQueries({ queryKey: notificationKeys.all });
  }
  return outcome;
}

/** Acts on several conversations; each is done, unchanged or refused on its own. */
export function actOnAll(threadIds: string[], action: ThreadAct): Promise<BulkOutcome> {
  if (action.type === "mark-unread") threadIds.forEach((id) => readMarks.forget(id));
  const parts = Array.from({ length: Math.ceil(threadIds.length / AT_ONCE) }, (_, at) => threadIds.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
  return collected(parts.map((part) => () => api.post<BulkResults>(BASE, { body: { threadIds: part, action }, userAction: true })));
}

/** Takes an act back wherever nobody has changed the conversation since. */
export async function undoAll(undoTokens: string[]): Promise<BulkOutcome> {
  const outcome = await collected(undoTokens.map((undoToken) => () => api.post<BulkResults>(`${BASE}/undo`, { body: { undoToken }, userAction: true })));
  if (outcome.stoppedBy) throw outcome.stoppedBy;
  return outcome;
}
