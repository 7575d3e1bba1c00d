import { expect, it } from "vitest";
import { leafKeys } from "@/i18n";
import en from "./en.json";
import es from "./es.json";
import { codePoints, findBlanks, initials, shortName } from "./words";

it("counts code points of the trimmed text, not UTF-16 units", () => {
  expect(codePoints("  abc \n")).toBe(3);
  expect(codePoints("👩‍⚕️")).toBe(4);
  expect(codePoints("你好")).toBe(2);
});

it("finds blanks as the server does", () => {
  expect(findBlanks("Please provide [specific details needed].")).toEqual([
    { text: "[specific details needed]", start: 15, end: 40 },
  ]);
  expect(findBlanks("[1] [a] [] [x\ny] array[i]")).toEqual([]);
  expect(findBlanks(`[${"a".repeat(82)}]`)).toEqual([]);
});

it.each([
  ["Ana Lucía Silva-Monteiro", "AS"],
  ["María Guadalupe Hernández-Villanueva de la Torre", "MT"],
  ["Dr. Amara Okafor", "AO"],
  ["Li Wei", "LW"],
  ["Cher", "C"],
  ["李伟", "李"],
])("%s has the initials %s", (name, expected) => {
  expect(initials(name)).toBe(expected);
});

it.each([
  ["Dr. Amara Okafor", "Dr. Okafor"],
  ["Ana Lucía Silva-Monteiro", "Ana"],
  ["Dr. Strange", "Dr. Strange"],
  ["李伟", "李伟"],
])("%s is called %s in running text", (name, expected) => {
  expect(shortName(name)).toBe(expected);
});

it("says every word in both languages", () => {
  expect(leafKeys(es).sort()).toEqual(leafKeys(en).sort());
});
