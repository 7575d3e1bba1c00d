import { onSignOut } from "../../app/session";
import { selectedIds, selectOnly } from "../../data/selection";

/** How far each list was scrolled. A search is part of a list's name, so this stays in memory. */
const places = new Map<string, number>();
onSignOut(() => places.clear());

/** The entry of the browser's history keeps a number and ids over a reload; no word of a patient's is among them. */
interface Kept {
  listTop?: number;
  selected?: string[];
}

const kept: Kept = (window.history.state as Kept | null) ?? {};
let reloaded = typeof kept.listTop === "number" ? kept.listTop : 0;
let lastTop = 0;
if (Array.isArray(kept.selected)) selectOnly(kept.selected.filter((id) => typeof id === "string"));

window.addEventListener("pagehide", () => {
  const state: Kept = { ...(window.history.state as object | null), listTop: lastTop, selected: [...selectedIds()] };
  window.history.replaceState(state, "");
});

/** Remembers how far a list is scrolled. */
export function keepPlace(list: string, top: number): void {
  places.set(list, top);
  lastTop = top;
}

/** Where a list was left; after a reload, where the first list that is shown was. */
export function placeOf(list: string): number {
  const top = places.get(list) ?? reloaded;
  reloaded = 0;
  return top;
}
