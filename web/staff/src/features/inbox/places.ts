import { onSignOut } from "../../app/session";
import { onSelectionChange, restoreSelection, selectedIds } from "../../data/selection";

/** How far each list was scrolled. A search is part of a list's name, so this stays in memory. */
const places = new Map<string, number>();

/** The entry of the browser's history keeps a number and ids over a reload; no word of a patient's is among them. */
interface Kept {
  listTop?: number;
  selected?: string[];
}

/** Browsers refuse an entry that is rewritten with every pixel. */
const REST_MS = 200;

const kept: Kept = (window.history.state as Kept | null) ?? {};
let reloaded = typeof kept.listTop === "number" ? kept.listTop : 0;
let lastTop = reloaded;
if (Array.isArray(kept.selected)) restoreSelection(kept.selected.filter((id) => typeof id === "string"));

/** Past the router, which would take a rewritten entry for a way to somewhere. */
function writeEntry(): void {
  const state: Kept = { ...(window.history.state as object | null), listTop: lastTop, selected: selectedIds() };
  History.prototype.replaceState.call(window.history, state, "");
}

let rest: ReturnType<typeof setTimeout> | undefined;

/**
 * Writes place and ticks into the entry once both have come to rest. When the page goes it is too late: a reload
 * hands the new page what the entry held before.
 */
export function keepOverReload(): void {
  clearTimeout(rest);
  rest = setTimeout(writeEntry, REST_MS);
}

onSelectionChange(keepOverReload);
onSignOut(() => {
  places.clear();
  reloaded = 0;
  lastTop = 0;
  keepOverReload();
});

/** Remembers how far a list is scrolled. */
export function keepPlace(list: string, top: number): void {
  places.set(list, top);
  if (lastTop === top) return;
  lastTop = top;
  keepOverReload();
}

/** Where a list was left; after a reload, where the first list that is shown was. */
export function placeOf(list: string): number {
  const top = places.get(list) ?? reloaded;
  places.set(list, top);
  reloaded = 0;
  return top;
}
