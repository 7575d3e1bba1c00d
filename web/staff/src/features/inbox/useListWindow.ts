import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { ListLayout } from "./listLayout";
import { keepPlace, placeOf } from "./places";

/** Rows are drawn anew when the list has moved by so much: not with every pixel. */
const STEP_PX = 72;
/** A list comes back to a place within so many pixels by loading what lies above it. */
const FARTHEST_RETURN_PX = 60_000;

interface Loading {
  hasMore: boolean;
  hasEarlier: boolean;
  isBusy: boolean;
  onMore: () => void;
  onEarlier: () => void;
  /** Somebody went so far up that the way there page by page is too long. */
  onJump: (row: number) => void;
}

/** How far the first row on the screen that both layouts know has moved. */
export function shiftOf(old: ListLayout, next: ListLayout, top: number): number {
  const tops = new Map(next.items.map((item) => [item.key, item.top]));
  for (const item of old.items) {
    if (item.kind !== "row" || item.top + item.height <= top) continue;
    const now = tops.get(item.key);
    if (now !== undefined) return now - item.top;
  }
  return 0;
}

/** Which stretch of the list is on the screen. Holds it still when rows come or go above it. */
export function useListWindow(layout: ListLayout, listKey: string, loading: Loading) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 0 });
  const shown = useRef(layout);
  const wanted = useRef<number | null>(null);

  useLayoutEffect(() => {
    const scroller = scrollRef.current;
    if (!scroller) return;
    const look = () => {
      const top = Math.floor(scroller.scrollTop / STEP_PX) * STEP_PX;
      const height = scroller.clientHeight;
      setView((old) => (old.top === top && old.height === height ? old : { top, height }));
      if (wanted.current === null) keepPlace(listKey, scroller.scrollTop);
    };
    const place = placeOf(listKey);
    wanted.current = place > 0 && place < FARTHEST_RETURN_PX ? place : null;
    look();
    const letGo = () => void (wanted.current = null);
    const resize = new ResizeObserver(look);
    resize.observe(scroller);
    scroller.addEventListener("scroll", look, { passive: true });
    for (const event of ["wheel", "touchstart", "keydown"]) scroller.addEventListener(event, letGo, { passive: true });
    return () => {
      resize.disconnect();
      scroller.removeEventListener("scroll", look);
      for (const event of ["wheel", "touchstart", "keydown"]) scroller.removeEventListener(event, letGo);
    };
  }, [listKey]);

  useLayoutEffect(() => {
    const scroller = scrollRef.current;
    const old = shown.current;
    shown.current = layout;
    if (!scroller) return;
    if (wanted.current !== null) {
      const reaches = layout.height >= wanted.current + scroller.clientHeight || !loading.hasMore;
      if (!reaches) return;
      scroller.scrollTop = wanted.current;
      wanted.current = null;
    } else if (old !== layout && scroller.scrollTop > 0) {
      const moved = shiftOf(old, layout, scroller.scrollTop);
      if (moved !== 0) scroller.scrollTop += moved;
    }
  }, [layout, loading.hasMore]);

  const load = useRef(loading);
  useEffect(() => {
    load.current = loading;
  });
  const { hasMore, hasEarlier, isBusy } = loading;
  useEffect(() => {
    if (isBusy || view.height === 0) return;
    const ahead = Math.max(view.height * 1.5, 800);
    const firstTop = layout.items[0]?.top ?? 0;
    if (hasEarlier && view.top + view.height < firstTop - ahead) load.current.onJump(Math.floor(view.top / layout.rowHeight));
    else if (hasEarlier && view.top < firstTop + ahead) load.current.onEarlier();
    else if (hasMore && (view.top + view.height > layout.height - ahead || wanted.current !== null)) load.current.onMore();
  }, [view, layout, hasMore, hasEarlier, isBusy]);

  return { scrollRef, view };
}
