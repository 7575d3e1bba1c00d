import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const tokens = read("./tokens.css");
const accents = read("./accents.css");

type Colours = Record<string, string>;

/** The colours that one rule sets. */
function rule(css: string, selector: string): Colours {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`no rule ${selector}`);
  const body = css.slice(start, css.indexOf("}", start));
  return Object.fromEntries([...body.matchAll(/--c-([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]));
}

const light = { ...rule(tokens, ":root"), ...rule(tokens, '[data-app="portal"]') };
const dark = { ...light, ...rule(tokens, '[data-theme="dark"]'), ...rule(tokens, '[data-app="portal"]:not([data-theme="light"])') };

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours, by WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const PAIRS: [string, string[], number][] = [
  ["on-accent", ["accent", "accent-hover", "accent-pressed"], 4.5],
  ["on-accent-subtle", ["accent-subtle", "accent-subtle-hover", "surface-selected"], 4.5],
  ["link", ["surface", "canvas", "surface-sunken", "bubble-own", "info-subtle"], 4.5],
  ["on-bubble-own", ["bubble-own"], 4.5],
  ["text", ["surface-selected", "bubble-own"], 4.5],
  ["text-secondary", ["surface-selected", "bubble-own"], 4.5],
  ["text-tertiary", ["surface-selected", "bubble-own"], 4.5],
  ["on-avatar-staff", ["avatar-staff"], 4.5],
  ["danger", ["surface-selected"], 4.5],
  ["focus", ["surface", "canvas", "surface-selected", "bubble-own"], 3],
  ["accent", ["surface", "canvas"], 3],
];

const darkOf = (accent: string) => `[data-accent="${accent}"]:is([data-theme="dark"], [data-theme="dark"] *)`;

describe.each(["blue", "teal", "green", "slate"])("a practice in %s", (accent) => {
  it.each([
    ["light", light, `[data-accent="${accent}"]`],
    ["dark", dark, darkOf(accent)],
  ])("can be read in %s", (_theme, base, selector) => {
    const colours: Colours = { ...base, ...rule(accents, selector) };
    for (const [words, grounds, needed] of PAIRS)
      for (const ground of grounds)
        expect(contrast(colours[words] ?? "", colours[ground] ?? ""), `${words} on ${ground}`).toBeGreaterThanOrEqual(needed);
  });

  it("looks the same whether the reader or their system chose the dark", () => {
    expect(rule(accents, `[data-accent="${accent}"]:not([data-theme="light"], [data-theme="light"] *)`)).toEqual(rule(accents, darkOf(accent)));
  });

  it("sets every colour that the design gives the accent", () => {
    const ofAccent = Object.keys(light).filter((name) => /accent|bubble-own|link|focus|avatar-staff|surface-selected/.test(name));
    expect(Object.keys(rule(accents, `[data-accent="${accent}"]`)).sort()).toEqual(ofAccent.sort());
  });
});
