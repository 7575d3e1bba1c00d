import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import commonEn from "@/domain/attachments.en.json";
import commonEs from "@/domain/attachments.es.json";
import { leafKeys } from "@/i18n";
import portalEn from "../../portal/src/words/attachments.en.json";
import portalEs from "../../portal/src/words/attachments.es.json";
import staffEn from "../../staff/src/attachments.en.json";
import staffEs from "../../staff/src/attachments.es.json";

const base = (bundle: object) => [...new Set(leafKeys(bundle).map((key) => key.replace(/_(one|many|other)$/, "")))].sort();
const at = (bundle: object, path: string) =>
  String(path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], bundle));
const places = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(([place]) => place).sort();

describe.each([
  ["common", commonEn, commonEs],
  ["staff", staffEn, staffEs],
  ["portal", portalEn, portalEs],
])("the %s words about files", (_name, english, spanish) => {
  it("stand in both languages, with the same places", () => {
    expect(base(spanish)).toEqual(base(english));
    for (const path of leafKeys(english)) expect(places(at(spanish, path)), path).toEqual(places(at(english, path)));
  });
});

it("say of every refusal that the API knows why it was", () => {
  const document = JSON.parse(readFileSync(join(import.meta.dirname, "../../openapi.json"), "utf8")) as {
    components: { schemas: { FileRefusal: { enum: string[] } } };
  };
  const codes = document.components.schemas.FileRefusal.enum;
  for (const own of [staffEn, portalEn]) {
    expect(Object.keys(own.rejected).sort()).toEqual([...codes, "other"].sort());
    expect(Object.keys(own.refusal)).toEqual(expect.arrayContaining([...codes, "file_too_large", "too_many_files"]));
  }
});

it("say why a file is refused or fails, to staff and to patients", () => {
  for (const part of ["refusal", "failure", "rejected"] as const)
    expect(Object.keys(portalEn[part]).sort()).toEqual(Object.keys(staffEn[part]).sort());
});

it("are there for whatever the shared parts ask for, in both apps", () => {
  const sources = readdirSync(import.meta.dirname).filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name))
    .map((name) => [name, readFileSync(join(import.meta.dirname, name), "utf8")] as const);
  const asked = (source: string) => [...source.matchAll(/\bwords\(\s*"([\w.]+)"/g)].map((match) => match[1] ?? "");
  for (const [name, source] of sources) {
    // Comparing is for staff alone.
    const apps = name === "Compare.tsx" ? [staffEn] : [staffEn, portalEn];
    for (const own of apps) {
      const known = base({ ...commonEn, ...own });
      expect(asked(source).filter((key) => !known.includes(key)), name).toEqual([]);
    }
  }
});
