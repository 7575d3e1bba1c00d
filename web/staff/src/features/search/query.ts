import type { UnderstoodFilter } from "@/api/types";

/** One word of a query with what belongs to it: `from:"Ana Silva"`, `"two words"`, `-word`. */
const PART = /-?[A-Za-z]+:"[^"]*"?|-?"[^"]*"?|\S+/g;

const bare = (text: string) => text.replace(/"/g, "").toLocaleLowerCase();

/** The query without one of its filters, everything else as it was written. */
export function withoutFilter(query: string, { name, value }: UnderstoodFilter): string {
  const wanted = `${name}:${value}`.toLocaleLowerCase();
  const parts = query.match(PART) ?? [];
  const exact = parts.findIndex((part) => bare(part) === wanted);
  // The server may name a value by its id: then the operator's first use is the one meant.
  const at = exact >= 0 ? exact : parts.findIndex((part) => bare(part).startsWith(`${name.toLocaleLowerCase()}:`));
  return parts.filter((_, place) => place !== at).join(" ");
}

/** The operators and one example of each, for a box that is still empty. */
export const OPERATORS = [
  { id: "from", example: "from:" },
  { id: "category", example: "category:" },
  { id: "status", example: "status:" },
  { id: "assigned", example: "assigned:" },
  { id: "before", example: "before:" },
  { id: "after", example: "after:" },
  { id: "attachment", example: "has:attachment " },
  { id: "unread", example: "is:unread " },
  { id: "notes", example: "in:notes " },
] as const;

/** Quotes a value that has blanks. */
export function operator(name: string, value: string): string {
  return /\s/.test(value) ? `${name}:"${value.replace(/"/g, "")}"` : `${name}:${value}`;
}

/** A value that each filter knows, for those who named none. */
const VALUES = new Map([
  ["from", "me"], ["category", "medical"], ["status", "open"], ["assigned", "me"], ["before", "2026-03-31"],
  ["after", "2026-03-01"], ["has", "attachment"], ["is", "unread"], ["in", "notes"],
]);

/** A filter that was named without a value, with one that it knows: `from:` becomes `from:me`. */
export function completed(part: string): string | undefined {
  const name = /^([a-z]+):"*$/i.exec(part)?.[1]?.toLowerCase() ?? "";
  const value = VALUES.get(name);
  return value && `${name}:${value}`;
}

/** The filter that a suggested query ends with, as `cream category:medical `. */
export function valueAtEnd(query: string): { name: string; value: string } | undefined {
  const [, name, value] = /(?:^|\s)([a-z]+):(\S+)\s*$/.exec(query) ?? [];
  return name && value ? { name, value } : undefined;
}
