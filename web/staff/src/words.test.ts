import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { leafKeys } from "@/i18n";
import domain from "@/domain/en.json";
import en from "./en.json";
import es from "./es.json";

const base = (keys: string[]) => [...new Set(keys.map((key) => key.replace(/_(one|many|other)$/, "")))].sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name) ? [readFileSync(path, "utf8")] : [];
  });
}

it("says everything in both languages", () => {
  expect(base(leafKeys(es))).toEqual(base(leafKeys(en)));
});

it("has a word for every key that the code asks for", () => {
  const known = new Set(base(leafKeys({ ...en, domain })));
  const asked = sources(join(import.meta.dirname)).flatMap((source) => [
    ...[...source.matchAll(/\bt\(\s*"([\w.-]+)"/g)].map((match) => match[1] ?? ""),
    ...[...source.matchAll(/i18nKey="([\w.-]+)"/g)].map((match) => match[1] ?? ""),
  ]);
  expect(asked.length).toBeGreaterThan(150);
  expect(asked.filter((key) => !known.has(key))).toEqual([]);
});
