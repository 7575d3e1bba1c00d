import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { leafKeys } from "@/i18n";
import domain from "@/domain/en.json";
import accountEn from "./account.en.json";
import accountEs from "./account.es.json";
import adminEn from "./admin.en.json";
import adminEs from "./admin.es.json";
import firstEn from "./first.en.json";
import firstEs from "./first.es.json";
import laterEn from "./later.en.json";
import laterEs from "./later.es.json";
import workEn from "./work.en.json";
import workEs from "./work.es.json";

const base = (keys: string[]) => [...new Set(keys.map((key) => key.replace(/_(one|many|other)$/, "")))].sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name) ? [readFileSync(path, "utf8")] : [];
  });
}

const app = join(import.meta.dirname, "..");
const asked = (source: string) => [...source.matchAll(/\bt\(\s*"([\w.-]+)"/g)].map((match) => match[1] ?? "");

describe.each([
  ["account", accountEn, accountEs],
  ["first", firstEn, firstEs],
  ["later", laterEn, laterEs],
  ["work", workEn, workEs],
  ["admin", adminEn, adminEs],
])("the %s words", (_name, english, spanish) => {
  it("stand in both languages", () => {
    expect(base(leafKeys(spanish))).toEqual(base(leafKeys(english)));
  });
});

it("has no part in two files, so that none hides another", () => {
  const parts = [accountEn, firstEn, laterEn, workEn, adminEn].flatMap(Object.keys);
  expect(parts.filter((part, at) => parts.indexOf(part) !== at)).toEqual([]);
});

it("has a word for every key that the code asks for", () => {
  const known = new Set(base(leafKeys({ ...accountEn, ...firstEn, ...laterEn, ...workEn, ...adminEn, domain })));
  const keys = sources(app).flatMap(asked);
  expect(keys.length).toBeGreaterThan(150);
  expect(keys.filter((key) => !known.has(key))).toEqual([]);
});

it("needs no later word where the later ones may not have come yet", () => {
  const places = ["features/session", "features/frame", "features/inbox"].map((folder) => join(app, folder));
  const early = places.flatMap(sources).filter((source) => !/words\/(account|later|work|admin)/.test(source));
  // A key may be put together: its part is enough to tell where it stands.
  const parts = early.flatMap((source) => [...source.matchAll(/\bt\(\s*["`]([\w-]+)[."`]/g)].map((match) => match[1] ?? ""));
  expect(parts.length).toBeGreaterThan(60);
  expect(parts.filter((part) => part in accountEn || part in laterEn || part in workEn || part in adminEn)).toEqual([]);
});
