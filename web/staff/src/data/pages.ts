import type { StaffThread, StaffThreadList } from "@/api/types";
import { daysAgo } from "@/i18n/dates";

/** Where one page of a list begins. */
export interface ListPage {
  cursor: string | null;
  /** How many rows stand above it, and how many day lines. */
  before: number;
  daysBefore: number;
  /** The day group of the row above. */
  lastGroup: number;
  /** The page above: the way back up, though its rows are gone. */
  previous?: ListPage;
}

export const firstPage: ListPage = { cursor: null, before: 0, daysBefore: 0, lastGroup: -1 };

/** Days ago; a week and more is one group. */
export function dayGroup(thread: StaffThread, now = new Date()): number {
  return Math.min(7, Math.max(0, daysAgo(thread.lastMessageAt, now)));
}

/** The page below this one, if there is one. */
export function pageAfter(at: ListPage, page: StaffThreadList): ListPage | undefined {
  const { nextCursor } = page.pagination;
  if (!nextCursor) return undefined;
  const now = new Date();
  let { daysBefore, lastGroup } = at;
  for (const thread of page.threads) {
    const group = dayGroup(thread, now);
    if (group !== lastGroup) daysBefore += 1;
    lastGroup = group;
  }
  return { cursor: nextCursor, before: at.before + page.threads.length, daysBefore, lastGroup, previous: at };
}

/** The page at or above this one that holds a row. */
export function pageAt(page: ListPage, row: number): ListPage {
  let found = page;
  while (found.previous && found.before > row) found = found.previous;
  return found;
}
