import type { StaffMember } from "@/api/types";

/** A name that stands in a text after "@". */
export interface NamedAt {
  /** Where the "@" stands. */
  at: number;
  name: string;
}

/** What follows a name that is written to its end: no letter of a longer one, though "'s" may. */
const ENDS = "(?![\\p{L}\\p{M}\\p{N}_]|[-‐]\\p{L}|['’](?!s(?!\\p{L}))\\p{L})";

const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** Each of the names that stands in a text after "@": the longest that fits, and never a part of a word. */
export function namedIn(text: string, names: string[]): NamedAt[] {
  if (names.length === 0) return [];
  const longestFirst = [...new Set(names)].sort((a, b) => b.length - a.length).map(literal);
  const pattern = new RegExp(`(^|[^\\p{L}\\p{N}])@(${longestFirst.join("|")})${ENDS}`, "gu");
  return [...text.matchAll(pattern)].map(({ index, 1: before = "", 2: name = "" }) => ({ at: index + before.length, name }));
}

/** Whom a note tells, and the names in it of those whom it cannot tell. */
export interface Told {
  people: StaffMember[];
  unable: string[];
}

/** Namesakes that see the conversation are told apart by who was chosen; where none was, the name means each of them. */
export function toldBy(text: string, staff: StaffMember[], sees: (person: StaffMember) => boolean, chosenIds: readonly string[]): Told {
  const told: Told = { people: [], unable: [] };
  for (const name of new Set(namedIn(text, staff.map(({ fullName }) => fullName)).map((named) => named.name))) {
    const namesakes = staff.filter((person) => person.fullName === name && sees(person));
    const chosen = namesakes.filter(({ id }) => chosenIds.includes(id));
    if (namesakes.length === 0) told.unable.push(name);
    told.people.push(...(chosen.length > 0 ? chosen : namesakes));
  }
  return told;
}

/** The text with a name as plain words wherever it was a mention; names that it begins stay as they are. */
export function withoutMention(text: string, name: string, names: string[]): string {
  const places = namedIn(text, names).filter((named) => named.name === name);
  return places.reduceRight((left, { at }) => left.slice(0, at) + left.slice(at + 1), text);
}
