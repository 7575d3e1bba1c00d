import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "./support/axe.ts";
import { launch, openWindow, settled } from "./support/browser.ts";
import { accountScenes } from "./support/portalAccountScenes.ts";
import { startPortalStub } from "./support/portalStub.ts";

/** A folder for pictures of every page; without it none are taken. */
const PICTURES = process.env.PICTURES;

const LOOKS = [
  { width: 1440, height: 900, theme: "light", locale: "en-US" },
  { width: 390, height: 844, theme: "dark", locale: "en-US" },
  { width: 320, height: 700, theme: "light", locale: "es-US" },
  { width: 1440, height: 900, theme: "dark", locale: "es-US" },
] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
  if (PICTURES) mkdirSync(PICTURES, { recursive: true });
});
afterAll(() => browser.close());

describe.each(LOOKS)("at $width px, $theme, $locale", ({ width, height, theme, locale }) => {
  test.each(accountScenes)("$name can be used by everybody", async ({ name, state, path, show }) => {
    const stub = await startPortalStub(state);
    const { page, complaints, close } = await openWindow(browser, { width, height, theme, locale, baseUrl: stub.baseUrl });
    await page.goto(`/portal/riverside${path}`);
    await page.locator("h1").waitFor();
    await show?.(page);
    await settled(page);
    if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}-${width}-${theme}-${locale.slice(0, 2)}.png`), fullPage: true, animations: "disabled" });
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "nothing pushes the page wide").toBe(true);
    expect(new URL(page.url()).hash, "no secret stays in the address").toBe("");
    expect(complaints).toEqual([]);
    await close();
    await stub.stop();
  });
});
