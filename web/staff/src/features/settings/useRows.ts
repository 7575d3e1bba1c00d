import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";

/** Rows so far above and below the screen are drawn ahead. */
const AROUND = 8;

export const remOf = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

interface Rows {
  count: number;
  /** In pixels: every row is as high as every other. */
  height: number;
  /** How much of the top a sticky head covers. */
  covered: number;
  top: number;
  onScroll: (top: number) => void;
  onNearEnd: () => void;
}

/** Which rows of a long list are on the screen, and moving among them by keys. */
export function useRows({ count, height, covered, top, onScroll, onNearEnd }: Rows) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ from: 0, to: 3 * AROUND });
  const start = useRef(top);
  const told = useRef({ onScroll, onNearEnd });
  useEffect(() => {
    told.current = { onScroll, onNearEnd };
  });

  useLayoutEffect(() => {
    const scroller = scrollRef.current;
    if (!scroller) return;
    const look = () => {
      const from = Math.max(0, Math.floor(scroller.scrollTop / height) - AROUND);
      const to = Math.ceil((scroller.scrollTop + scroller.clientHeight) / height) + AROUND;
      setRange((old) => (old.from === from && old.to === to ? old : { from, to }));
      told.current.onScroll(scroller.scrollTop);
    };
    if (start.current > 0) scroller.scrollTop = start.current;
    start.current = 0;
    look();
    const resize = new ResizeObserver(look);
    resize.observe(scroller);
    scroller.addEventListener("scroll", look, { passive: true });
    return () => {
      resize.disconnect();
      scroller.removeEventListener("scroll", look);
    };
  }, [height]);

  const nearEnd = range.to >= count;
  useEffect(() => {
    if (nearEnd) told.current.onNearEnd();
  }, [nearEnd, count]);

  const reveal = (at: number) => {
    const scroller = scrollRef.current;
    if (!scroller) return;
    const rowTop = at * height;
    if (rowTop < scroller.scrollTop) scroller.scrollTop = rowTop;
    else if (rowTop + height > scroller.scrollTop + scroller.clientHeight - covered) scroller.scrollTop = rowTop + height - scroller.clientHeight + covered;
  };
  const page = () => Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? 0) / height) - 1);
  /** The row that a key leads to from this one; nothing where the key is another's. */
  const rowFor = (event: KeyboardEvent, at: number): number | undefined => {
    const steps: Record<string, number> = {
      ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page(), PageUp: at - page(), Home: 0, End: count - 1,
    };
    const next = steps[event.key];
    return next === undefined ? undefined : Math.min(Math.max(next, 0), count - 1);
  };
  return { scrollRef, range, reveal, rowFor };
}
