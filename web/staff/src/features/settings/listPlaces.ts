import { onSignOut } from "../../app/session";

/** Where somebody was in a list: what they looked for, how far they had scrolled, which row they opened. */
export interface ListPlace<Terms> {
  terms: Terms;
  top: number;
  rowId?: string;
}

// In memory alone: typed words may be a patient's name.
const places = new Map<string, ListPlace<unknown>>();
onSignOut(() => places.clear());

/** The place of a list; `initial` where nobody has been there yet. */
export function placeOf<Terms>(list: string, initial: Terms): ListPlace<Terms> {
  return (places.get(list) as ListPlace<Terms> | undefined) ?? { terms: initial, top: 0 };
}

export function keepPlace<Terms>(list: string, place: ListPlace<Terms>): void {
  places.set(list, place);
}
