import { useCallback, useRef } from "react";

/**
 * For a button that brings more and goes with the last of it: the focus it had goes to the first of what came, or to
 * the heading where nothing did. Both are selectors of the page.
 */
export function useFocusBeyond(results: string, heading: string) {
  const known = useRef<Set<Element>>(new Set());
  const note = () => {
    known.current = new Set(document.querySelectorAll(results));
  };
  const ref = useCallback((button: HTMLButtonElement | null) => () => {
    if (button === null || document.activeElement !== button) return;
    // What came is on the page a moment after the button has left it.
    queueMicrotask(() => {
      const first = [...document.querySelectorAll<HTMLElement>(results)].find((result) => !known.current.has(result));
      (first ?? document.querySelector<HTMLElement>(heading))?.focus();
    });
  }, [results, heading]);
  return { ref, note };
}
