import { useLayoutEffect, useRef, type RefObject } from "react";

/**
 * Opens a conversation at the message that was searched, else where its news begins, else at its end; once, and never
 * again while it is read. A short one that fits the window stays as it is.
 */
export function useOpening(ready: boolean, end: RefObject<HTMLElement | null>) {
  const found = useRef<HTMLLIElement>(null);
  const newLine = useRef<HTMLLIElement>(null);
  const opened = useRef(false);
  useLayoutEffect(() => {
    if (!ready || opened.current) return;
    opened.current = true;
    if (found.current) {
      found.current.scrollIntoView({ block: "center" });
      return;
    }
    const goal = newLine.current ?? end.current;
    if (!goal) return;
    const { top, bottom } = goal.getBoundingClientRect();
    if (newLine.current ? top > window.innerHeight * 0.6 : bottom > window.innerHeight)
      goal.scrollIntoView({ block: newLine.current ? "start" : "end" });
  }, [ready, end]);
  return { found, newLine };
}
