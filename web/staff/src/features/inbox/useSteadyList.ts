import { useState, type PointerEvent } from "react";
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
    // A row with a newer message belongs to the top: until it may go there it stays as it was.
    return fresh && fresh.lastMessageAt === thread.lastMessageAt ? fresh : thread;
  });
  return { threads: [...above, ...kept, ...later].slice(0, newest.threads.length + MAX_KEPT), before: newest.before };
}

/** How many rows would come to the top. */
export function newerThan(accepted: Stretch, newest: Stretch): number {
  if (newest.before > 0) return 0;
  const top = accepted.threads[0]?.lastMessageAt ?? "";
  return newest.threads.filter(({ lastMessageAt }) => lastMessageAt > top).length;
}

/**
 * Rows never move under a pointer: while one rests on the list, what is new waits behind a button and what
 * left the list stays. `listKey` names the list: another one is shown as it comes.
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
  return {
    stretch: holds ? stretch : newest,
    waiting: holds ? newerThan(stretch, newest) : 0,
    accept: () => setAccepted({ listKey, seen: newest, stretch: newest }),
    pointer: {
      // Moving, not entering: the list may appear under a pointer that is already there.
      onPointerMove: (event: PointerEvent) => setPointed(event.pointerType === "mouse"),
      onPointerLeave: () => setPointed(false),
    },
  };
}
