import { onSignOut } from "../app/session";
import { createStore } from "../app/store";

/** The conversations that are ticked for an act on several: ids alone, in the order of ticking. */
const selection = createStore<readonly string[]>([]);

/** As many as one act may concern. */
export const MAX_SELECTED = 200;

onSignOut(() => selection.set([]));

export const selectedIds = selection.get;
export const useSelectedIds = selection.use;
export const onSelectionChange = selection.subscribe;
export const selectOnly = (ids: readonly string[]) => selection.set(ids.slice(0, MAX_SELECTED));
export const clearSelection = () => selection.set([]);

/** Ticks one, or takes its tick away. */
export function toggleSelected(id: string): void {
  const ids = selection.get();
  if (ids.includes(id)) selection.set(ids.filter((other) => other !== id));
  else selectOnly([...ids, id]);
}

/** Ticks all of these besides what is ticked. */
export function addSelected(ids: readonly string[]): void {
  selectOnly([...new Set([...selection.get(), ...ids])]);
}
