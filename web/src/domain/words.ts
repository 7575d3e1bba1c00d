import type { Category, Priority, Status } from "@/api/types";

export const CATEGORIES = [
  "general", "prescription", "appointment", "billing", "medical", "other",
] as const satisfies readonly Category[];

export const PRIORITIES = ["low", "normal", "high", "urgent"] as const satisfies readonly Priority[];

export const STATUSES = [
  "open", "in-progress", "waiting-patient", "waiting-provider", "closed",
] as const satisfies readonly Status[];

/** The longest message, in Unicode code points after trimming. */
export const MESSAGE_LIMIT = 5000;
/** The longest subject. */
export const SUBJECT_LIMIT = 200;

/** Length as the server counts it: code points of the trimmed text. */
export function codePoints(text: string): number {
  const trimmed = text.trim();
  // One code point per UTF-16 unit, less the second half of each surrogate pair.
  return trimmed.length - (trimmed.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);
}

/** One unfilled blank of a canned response, such as `[specific details needed]`. */
export interface Blank {
  text: string;
  start: number;
  end: number;
}

/** Every unfilled blank, in order. The same pattern guards the server. */
export function findBlanks(text: string): Blank[] {
  return [...text.matchAll(/\[[A-Za-z][^[\]\n]{1,80}\]/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const TITLE = /^(Dr|Dra|Mr|Mrs|Ms|Mx|Prof)\.?\s+/i;
const lastName = (words: string[]) => words.slice(1).findLast((word) => /^\p{Lu}/u.test(word));

/** Up to two initials: of the first word and of the last one that starts with a capital. */
export function initials(fullName: string): string {
  const words = fullName.replace(TITLE, "").split(/\s+/).filter(Boolean);
  const first = words.at(0);
  return [first, lastName(words)].map((word) => (word ? [...word][0] : "")).join("").toLocaleUpperCase();
}

/** The name to use in running text: "Dr. Okafor" keeps its title, others go by their first name. */
export function shortName(fullName: string): string {
  const words = fullName.split(/\s+/);
  const name = TITLE.test(fullName) ? [words[0], lastName(words)].filter(Boolean).join(" ") : words[0];
  return name ?? fullName;
}
