import type { StaffThread } from "@/api/types";
import { onSignOut } from "../app/session";
import { createStore } from "../app/store";

/** A conversation that is ticked, as its row was last seen; after a reload its row may not have come yet. */
export interface Ticked {
  id: string;
  thread?: StaffThread;
}

/** The conversations that are ticked for an act on several, in the order of ticking, wherever the list has gone since. */
const selection = createStore<readonly Ticked[]>([]);

/** As many as can be ticked at once. */
export const MAX_SELECTED = 1_000;

onSignOut(() => selection.set([]));

const ticksOf = (threads: readonly StaffThread[]): Ticked[] => threads.map((thread) => ({ id: thread.id, thread }));
const put = (ticked: readonly Ticked[]) => selection.set(ticked.slice(0, MAX_SELECTED));

export const useSelection = selection.use;
export const selectedIds = (): string[] => selection.get().map(({ id }) => id);
export const onSelectionChange = selection.subscribe;
export const clearSelection = () => selection.set([]);

/** Ticks by id alone what was ticked before a reload. */
export const restoreSelection = (ids: readonly string[]) => put(ids.map((id) => ({ id })));

/** Takes the ticks of these away, and of no others. */
export function deselect(ids: readonly string[]): void {
  const gone = new Set(ids);
  selection.set(selection.get().filter(({ id }) => !gone.has(id)));
}

/** Ticks one, or takes its tick away. */
export function toggleSelected(thread: StaffThread): void {
  const ticked = selection.get();
  if (ticked.some(({ id }) => id === thread.id)) deselect([thread.id]);
  else put([...ticked, ...ticksOf([thread])]);
}

/** Ticks all of these besides what is ticked. */
export function addSelected(threads: readonly StaffThread[]): void {
  const ids = new Set(selectedIds());
  put([...selection.get(), ...ticksOf(threads.filter(({ id }) => !ids.has(id)))]);
}
