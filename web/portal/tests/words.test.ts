import { describe, expect, it } from "vitest";
import { leafKeys } from "@/i18n";
import accessEn from "../src/words/access.en.json";
import accessEs from "../src/words/access.es.json";
import firstEn from "../src/words/first.en.json";
import firstEs from "../src/words/first.es.json";
import laterEn from "../src/words/later.en.json";
import laterEs from "../src/words/later.es.json";

const places = (text: string) => [...text.matchAll(/\{\{\w+\}\}|<\/?\w+\/?>/g)].map(([place]) => place).sort();
const at = (bundle: object, path: string) =>
  path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], bundle) as string;

describe.each([
  ["first", firstEn, firstEs],
  ["later", laterEn, laterEs],
  ["access", accessEn, accessEs],
])("the %s words", (_name, english, spanish) => {
  it("stand in both languages", () => {
    expect(leafKeys(spanish)).toEqual(leafKeys(english));
  });

  it("hold the same places for names, numbers and links", () => {
    for (const path of leafKeys(english)) expect(places(at(spanish, path)), path).toEqual(places(at(english, path)));
  });
});

it("has no part in two files, so that none hides another", () => {
  const parts = [firstEn, laterEn, accessEn].flatMap((words) => Object.keys(words));
  expect(parts.filter((part, at) => parts.indexOf(part) !== at)).toEqual([]);
});

it("never speaks of notes, priorities or assignment to a patient", () => {
  const all = JSON.stringify([firstEn, laterEn, accessEn]).toLowerCase();
  for (const word of ["internal note", "priority", "assigned"]) expect(all).not.toContain(word);
});
