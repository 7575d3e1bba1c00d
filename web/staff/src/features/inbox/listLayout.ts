import type { TFunction } from "i18next";
import type { StaffThread } from "@/api/types";
import { longDay } from "@/i18n/dates";
import { dayGroup, type ListPage } from "../../data/pages";

export type Density = "comfortable" | "compact" | "table";

/** Heights in `rem`: every row of a density is as high as every other, so that no row need be measured. */
const HEIGHTS: Record<Density, { row: number; day: number }> = {
  comfortable: { row: 6.375, day: 1.5625 },
  compact: { row: 4.375, day: 1.5625 },
  table: { row: 2.25, day: 0 },
};

/** Where things stand that are as high as each other: the rows loaded, below the room of those let go. */
export interface ListLayout {
  items: ListItem[];
  /** The first row's number in the whole list. */
  before: number;
  rowHeight: number;
  height: number;
}

export type ListItem =
  | { kind: "day"; key: string; top: number; height: number; title: string; isFirst: boolean }
  | { kind: "row"; key: string; top: number; height: number; thread: StaffThread; index: number };

const remOf = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

function dayTitle(thread: StaffThread, group: number, t: TFunction, language: string): string {
  if (group === 0) return t("list.today");
  if (group === 1) return t("list.yesterday");
  return group < 7 ? longDay(thread.lastMessageAt, language) : t("list.earlier");
}

/** Places the rows that are loaded, with a line before each new day. */
export function layoutOf(threads: StaffThread[], page: ListPage, density: Density, t: TFunction, language: string): ListLayout {
  const rem = remOf();
  const row = HEIGHTS[density].row * rem;
  const day = HEIGHTS[density].day * rem;
  const items: ListItem[] = [];
  let top = page.before * row + page.daysBefore * day;
  let lastGroup = page.lastGroup;
  const now = new Date();
  threads.forEach((thread, at) => {
    // A row that got a newer message while it is held in its place begins no day anew.
    const group = Math.max(dayGroup(thread, now), lastGroup);
    if (day > 0 && group !== lastGroup) {
      items.push({ kind: "day", key: `day ${group}`, top, height: day, title: dayTitle(thread, group, t, language), isFirst: top === 0 });
      top += day;
    }
    lastGroup = group;
    items.push({ kind: "row", key: thread.id, top, height: row, thread, index: page.before + at });
    top += row;
  });
  return { items, before: page.before, rowHeight: row, height: top };
}

/** The items that reach into a stretch of the list. */
export function itemsWithin({ items }: ListLayout, from: number, to: number): ListItem[] {
  return items.filter(({ top, height }) => top + height > from && top < to);
}
