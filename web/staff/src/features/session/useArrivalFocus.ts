import { useEffect, type RefObject } from "react";

/**
 * Puts the focus where whoever arrives begins to type. `autoFocus` comes too early where a dialog is just going: what
 * lay under it cannot be focused yet.
 */
export function useArrivalFocus(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => field.current?.focus(), [field]);
}
