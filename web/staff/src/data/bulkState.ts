import { onSignOut } from "../app/session";
import { createStore } from "../app/store";

/** One conversation on which an act was refused. */
export interface Refusal {
  id: string;
  name: string;
  subject: string;
  why: string;
}

/** What of an act on several was not done. */
export interface BulkReport {
  title: string;
  refusals: Refusal[];
}

interface BulkState {
  /** Whether an act is under way: another one waits until it has ended. */
  busy: boolean;
  report: BulkReport | null;
}

const IDLE: BulkState = { busy: false, report: null };

/** It outlives the bar, which goes with the selection: what was not done must not go unsaid. */
const state = createStore(IDLE);

onSignOut(() => state.set(IDLE));

export const useBulkState = state.use;
export const dismissReport = () => state.set({ ...state.get(), report: null });

/** Begins an act, unless one is under way. The answer ends it; after a sign-out there is nobody to tell. */
export function beginAct(): ((report: BulkReport | null) => void) | null {
  if (state.get().busy) return null;
  const begun: BulkState = { busy: true, report: null };
  state.set(begun);
  return (report) => {
    if (state.get() === begun) state.set({ busy: false, report });
  };
}
