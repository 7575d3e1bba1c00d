import type { Category } from "@/api/types";
import { CATEGORIES } from "@/domain/words";

export const SHOWS = ["all", "new", "waiting", "closed"] as const;
export type Show = (typeof SHOWS)[number];

/** What the list shows; the address carries it, as words and never as text. */
export interface ListFilter {
  show: Show;
  kind?: Category;
}

/** Reads the filters from an address; what is unknown there is left out. */
export function filterFrom(search: Record<string, unknown>): ListFilter {
  return {
    show: SHOWS.find((show) => show === search["show"]) ?? "all",
    kind: CATEGORIES.find((kind) => kind === search["kind"]),
  };
}

/** The statuses behind a filter, in the API's words. */
export function statusesOf(show: Show): string | undefined {
  switch (show) {
    case "all":
    case "new":
      return undefined;
    case "waiting":
      return "open,in-progress,waiting-provider";
    case "closed":
      return "closed";
  }
}
