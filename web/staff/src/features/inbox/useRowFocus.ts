import { useMemo, useState, type KeyboardEvent, type RefObject } from "react";
import { flushSync } from "react-dom";
import type { ListItem, ListLayout } from "./listLayout";

export type RowItem = Extract<ListItem, { kind: "row" }>;

interface RowFocusOptions {
  layout: ListLayout;
  scrollRef: RefObject<HTMLDivElement | null>;
  currentId?: string;
  /** What lies over the top of the list, in pixels. */
  coveredPx: number;
  onOpen: (id: string) => void;
  onToggle: (row: RowItem) => void;
  onStart: () => void;
}

/** Moves the list only as far as it takes to show a row. */
export function reveal(scroller: HTMLElement, { top, height }: ListItem, coveredPx: number): void {
  const bottom = top + height + coveredPx;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight;
}

const elementOf = (scroller: HTMLElement, id: string) => scroller.querySelector<HTMLElement>(`[data-key="${CSS.escape(id)}"]`);

/** One row of the grid is in the tab order; arrows, pages and ends move from there, Enter opens, Space ticks. */
export function useRowFocus({ layout, scrollRef, currentId, coveredPx, onOpen, onToggle, onStart }: RowFocusOptions) {
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const rows = useMemo(() => layout.items.filter((item): item is RowItem => item.kind === "row"), [layout]);
  const has = (id: string | null | undefined) => rows.some(({ key }) => key === id);
  const tabbableId = has(focusedId) ? focusedId : has(currentId) ? currentId : rows[0]?.key;

  const focus = (row: RowItem | undefined) => {
    const scroller = scrollRef.current;
    if (!row || !scroller) return;
    // The row must stand before it can be focused, wherever it is.
    flushSync(() => setFocusedId(row.key));
    reveal(scroller, row, coveredPx);
    elementOf(scroller, row.key)?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !tabbableId) return;
    const at = rows.findIndex(({ key }) => key === tabbableId);
    const page = Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? 0) / layout.rowHeight) - 1);
    const last = rows.length - 1;
    const steps: Record<string, number> = {
      ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: last,
    };
    const to = steps[event.key];
    if (event.key === "Enter") onOpen(tabbableId);
    else if (event.key === " ") rows.slice(at, at + 1).forEach(onToggle);
    else if (to === undefined) return;
    else if (event.key === "Home" && layout.before > 0) onStart();
    else focus(rows[Math.min(last, Math.max(0, to))]);
    event.preventDefault();
  };
  return { tabbableId, rows, onKeyDown, onFocusRow: setFocusedId, moveTo: (id: string) => focus(rows.find(({ key }) => key === id)) };
}
