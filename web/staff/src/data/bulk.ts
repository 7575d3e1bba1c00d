import { newIdempotencyKey } from "@/api/client";
import { isProblem } from "@/api/problem";
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
  /** How many calls were answered. */
  answered: number;
  /** Why the rest was not answered: what is in the results was answered before. */
  stoppedBy?: unknown;
}

/** Whether what was asked may have been done all the same: no answer of the server's says that it was not. */
export function mayHaveBeenDone(error: unknown): boolean {
  return !isProblem(error) || [0, 502, 504].includes(error.status) || error.code === "idempotency_in_progress";
}

const isRefusal = (error: unknown) => isProblem(error) && !mayHaveBeenDone(error) && error.status < 500 && error.status !== 429;

async function collected(calls: (() => Promise<BulkResults>)[]): Promise<BulkOutcome> {
  const outcome: BulkOutcome = { results: [], done: 0, unchanged: 0, refused: 0, undoTokens: [], answered: 0 };
  try {
    // One after the other: the next part waits for the answer to the last.
    for (const call of calls) {
      const { undoToken, ...answer } = await call();
      outcome.results.push(...answer.results);
      outcome.done += answer.done;
      outcome.unchanged += answer.unchanged;
      outcome.refused += answer.refused;
      if (undoToken) outcome.undoTokens.push(undoToken);
      outcome.answered += 1;
    }
  } catch (error) {
    outcome.stoppedBy = error;
  } finally {
    void queryClient.invalidateQueries({ queryKey: ["threads"] });
    // What one reads, or may no longer see, takes its notifications along.
    void queryClient.invalidateQueries({ queryKey: notificationKeys.all });
  }
  return outcome;
}

/** The same key when an answer was lost: the act is done once, and its answer comes after all. */
function act(threadIds: string[], action: ThreadAct): () => Promise<BulkResults> {
  const idempotencyKey = newIdempotencyKey();
  return () => api.post<BulkResults>(BASE, { body: { threadIds, action }, idempotencyKey, userAction: true });
}

/** Acts on several conversations; each is done, unchanged or refused on its own. */
export async function actOnAll(threadIds: string[], action: ThreadAct): Promise<BulkOutcome> {
  // A mark that is repeated meanwhile would make them read again.
  if (action.type === "mark-unread") await Promise.all(threadIds.map((id) => readMarks.letGo(id)));
  const parts = Array.from({ length: Math.ceil(threadIds.length / AT_ONCE) }, (_, at) => threadIds.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
  return collected(parts.map((part) => act(part, action)));
}

/** What of the act on these was not answered: how many were sent and may have been done, and how many were not. */
export function unansweredOf({ answered, stoppedBy }: BulkOutcome, count: number): { unknown: number; untried: number } {
  const left = stoppedBy === undefined ? 0 : count - answered * AT_ONCE;
  const unknown = left > 0 && mayHaveBeenDone(stoppedBy) ? Math.min(left, AT_ONCE) : 0;
  return { unknown, untried: left - unknown };
}

/** What an undo brought, and how to go on with it where it stopped. */
export interface UndoOutcome extends BulkOutcome {
  rest?: () => Promise<UndoOutcome>;
}

/** Takes an act back wherever nobody has changed the conversation since. A token is used up once: it is its own key. */
export async function undoAll(undoTokens: string[]): Promise<UndoOutcome> {
  const outcome = await collected(
    undoTokens.map((undoToken) => () => api.post<BulkResults>(`${BASE}/undo`, { body: { undoToken }, idempotencyKey: undoToken, userAction: true })),
  );
  if (outcome.stoppedBy === undefined) return outcome;
  // What was refused stays so; what was lost, or came too fast, may be taken back yet.
  const left = undoTokens.slice(outcome.answered + (isRefusal(outcome.stoppedBy) ? 1 : 0));
  return left.length === 0 ? outcome : { ...outcome, rest: () => undoAll(left) };
}
