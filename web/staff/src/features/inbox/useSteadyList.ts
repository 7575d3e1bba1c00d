import { useMemo, useState, type PointerEvent } from "react";
import type { StaffThread } from "@/api/types";

/** The stretch of a list that is loaded, and how many rows stand above it. */
export interface Stretch {
  threads: StaffThread[];
  before: number;
}

/** Rows that left the list are kept in their place so long as the stretch does not grow by more than these. */
const MAX_KEPT = 100;

/**
 * What the reader has under the pointer, kept in its place: pages that came above or below are added, pages that
 * were let go go, and nothing moves to the top.
 */
export function steady(accepted: Stretch, newest: Stretch): Stretch {
  const byId = new Map(newest.threads.map((thread) => [thread.id, thread]));
  const shift = newest.before - accepted.before;
  const left = shift > 0 ? accepted.threads.slice(shift) : accepted.threads;
  if (left.length === 0) return newest;
  const known = new Set(left.map(({ id }) => id));
  const start = left[0]?.lastMessageAt ?? "";
  const end = left.at(-1)?.lastMessageAt ?? "";
  const unknown = newest.threads.filter(({ id }) => !known.has(id));
  const above = shift < 0 ? unknown.filter(({ lastMessageAt }) => lastMessageAt > start) : [];
  const later = unknown.filter(({ lastMessageAt }) => lastMessageAt <= end);
  const kept = left.map((thread) => {
    const fresh = byId.get(thread.id);
    // A row with a newer message belongs to the top: until it may go there its place is that of the old one.
    return fresh && fresh.lastMessageAt === thread.lastMessageAt ? fresh : thread;
  });
  return { threads: [...above, ...kept, ...later].slice(0, newest.threads.length + MAX_KEPT), before: newest.before };
}

/** How many rows, were the list let go, would come above one that is now above them, or stands there without them. */
export function wouldRise(accepted: Stretch, newest: Stretch): number {
  if (newest.before > 0) return 0;
  const places = new Map(accepted.threads.map(({ id }, at) => [id, at]));
  let highest = Infinity;
  let count = 0;
  for (const { id } of newest.threads.toReversed()) {
    const place = places.get(id);
    if (highest < (place ?? Infinity)) count += 1;
    highest = Math.min(highest, place ?? Infinity);
  }
  return count;
}

/** The same rows in the same places, each saying what is true now. */
export function upToDate(kept: Stretch, newest: Stretch): Stretch {
  const byId = new Map(newest.threads.map((thread) => [thread.id, thread]));
  return { ...kept, threads: kept.threads.map((thread) => byId.get(thread.id) ?? thread) };
}

/**
 * Rows never move under a pointer: while one rests on the list, what is new waits behind a button, what
 * left the list stays, and what changed says so in its place. `listKey` names the list: another one is shown as it comes.
 */
export function useSteadyList(newest: Stretch, listKey: string) {
  const [pointed, setPointed] = useState(false);
  const [accepted, setAccepted] = useState({ listKey, seen: newest, stretch: newest });
  const isSameList = accepted.listKey === listKey;
  const holds = pointed && isSameList && accepted.stretch.threads.length > 0;
  const moved = accepted.seen !== newest;
  const stretch = !moved && isSameList ? accepted.stretch : holds ? steady(accepted.stretch, newest) : newest;
  if (moved || !isSameList || (!holds && accepted.stretch !== newest))
    setAccepted({ listKey, seen: newest, stretch: holds ? stretch : newest });
  const shown = useMemo(() => (holds ? upToDate(stretch, newest) : newest), [holds, stretch, newest]);
  return {
    stretch: shown,
    waiting: holds ? wouldRise(stretch, newest) : 0,
    accept: () => setAccepted({ listKey, seen: newest, stretch: newest }),
    pointer: {
      // Moving, not entering: the list may appear under a pointer that is already there.
      onPointerMove: (event: PointerEvent) => setPointed(event.pointerType === "mouse"),
      onPointerLeave: () => setPointed(false),
    },
  };
}
