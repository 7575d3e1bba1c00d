import { useState, type PointerEvent } from "react";
import type { StaffThread } from "@/api/types";

/** What the reader has under the pointer, kept in its place, with later pages at the end. */
export function steady(accepted: StaffThread[], newest: StaffThread[]): StaffThread[] {
  const byId = new Map(newest.map((thread) => [thread.id, thread]));
  const known = new Set(accepted.map(({ id }) => id));
  const end = accepted.at(-1)?.lastMessageAt ?? "";
  const later = newest.filter(({ id, lastMessageAt }) => !known.has(id) && lastMessageAt <= end);
  const kept = accepted.map((thread) => {
    const fresh = byId.get(thread.id);
    // A row with a newer message belongs to the top: until it may go there it stays as it was.
    return fresh && fresh.lastMessageAt === thread.lastMessageAt ? fresh : thread;
  });
  return [...kept, ...later];
}

/** How many rows would come to the top. */
export function newerThan(accepted: StaffThread[], newest: StaffThread[]): number {
  const top = accepted[0]?.lastMessageAt ?? "";
  return newest.filter(({ lastMessageAt }) => lastMessageAt > top).length;
}

/**
 * Rows never move under a pointer: while one rests on the list, what is new waits behind a button and what
 * left the list stays. `listKey` names the list: another one is shown as it comes.
 */
export function useSteadyList(newest: StaffThread[], listKey: string) {
  const [pointed, setPointed] = useState(false);
  const [accepted, setAccepted] = useState({ listKey, threads: newest });
  const holds = pointed && accepted.listKey === listKey && accepted.threads.length > 0;
  if (!holds && (accepted.threads !== newest || accepted.listKey !== listKey)) setAccepted({ listKey, threads: newest });
  return {
    threads: holds ? steady(accepted.threads, newest) : newest,
    waiting: holds ? newerThan(accepted.threads, newest) : 0,
    accept: () => setAccepted({ listKey, threads: newest }),
    pointer: {
      // Moving, not entering: the list may appear under a pointer that is already there.
      onPointerMove: (event: PointerEvent) => setPointed(event.pointerType === "mouse"),
      onPointerLeave: () => setPointed(false),
    },
  };
}
