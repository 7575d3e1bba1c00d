import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What the staff app says in a window's language for what it says in English. */
export type Say = (english: string) => string;

type Words = { [key: string]: string | Words };

const FILES = ["account", "first", "later", "work", "admin"].map((name) => `../../staff/src/words/${name}`);

function leaves(words: Words, place = ""): [string, string][] {
  return Object.entries(words).flatMap(([key, said]) => (typeof said === "string" ? [[place + key, said] as [string, string]] : leaves(said, `${place}${key}.`)));
}

const read = (file: string, language: string) => leaves(JSON.parse(readFileSync(fileURLToPath(new URL(`${file}.${language}.json`, import.meta.url)), "utf8")) as Words);

/** Scenes are written in English words and found in both languages. */
export function sayIn(locale: string): Say {
  if (!locale.startsWith("es")) return (english) => english;
  const spanish = new Map(FILES.flatMap((file) => read(file, "es")));
  const both = new Map(FILES.flatMap((file) => read(file, "en")).reverse().map(([key, english]) => [english, spanish.get(key)]));
  return (english) => {
    const said = both.get(english);
    if (said === undefined) throw new Error(`the staff app does not say "${english}"`);
    return said;
  };
}

/** What a sentence says before something is filled in. */
export const beginning = (sentence: string): string => sentence.replace(/\s*\{\{.*$/, "");
