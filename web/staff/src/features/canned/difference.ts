import { diffWordsWithSpace } from "diff";

/** A stretch of a text against an older one. */
export interface Stretch {
  text: string;
  kind: "kept" | "added" | "removed";
}

/** How a text came out of an older one, word by word. */
export function difference(older: string, newer: string): Stretch[] {
  return diffWordsWithSpace(older, newer).map(({ value, added, removed }) => ({ text: value, kind: added ? "added" : removed ? "removed" : "kept" }));
}
