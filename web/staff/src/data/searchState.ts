import { onSignOut } from "../app/session";
import { createStore } from "../app/store";

/**
 * What somebody searches for, and in which view they began. **Invariant:** it lives here alone: a query may hold a
 * name, so it reaches neither the address, the history, the title nor any storage.
 */
interface SearchState {
  view: string;
  /** What stands in the box. */
  text: string;
  /** What the results answer; "" while the list itself is shown. */
  query: string;
  /** The result that was opened last. */
  openedId?: string;
}

const NOTHING: SearchState = { view: "", text: "", query: "" };
const state = createStore(NOTHING);

onSignOut(() => state.set(NOTHING));

/** The search in one view; a saved search begins with its own query and comes back to it. */
export function useSearchIn(view: string, saved = ""): SearchState {
  const current = state.use();
  return current.view === view ? { ...current, query: current.query || saved } : { view, text: saved, query: saved };
}

/** Changes what stands in the box; an empty box shows the list again. */
export function typeSearch(view: string, text: string): void {
  const { view: where, query } = state.get();
  state.set({ view, text, query: text && where === view ? query : "" });
}

/** Shows the results of a query in place of a view's list. */
export function runSearch(view: string, query: string): void {
  state.set({ view, text: query, query: query.trim() && query.trimStart() });
}

/** Remembers the opened result: coming back puts the focus on it. */
export function noteOpened(openedId: string): void {
  state.set({ ...state.get(), openedId });
}
