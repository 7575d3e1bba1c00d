import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, openWindow } from "./support/browser.ts";
import { EVERY_LOOK, faultsIn, type Look } from "./support/looks.ts";
import { accountScenes } from "./support/portalAccountScenes.ts";
import { startPortalStub } from "./support/portalStub.ts";
import { tooSmall } from "./support/targets.ts";

/** A folder for pictures of every page; without it none are taken. */
const PICTURES = process.env.PICTURES;

/** One load for each language; Spanish, which is longer, on the narrowest phone. */
const LOOKS: { locale: string; looks: readonly Look[] }[] = [
  { locale: "en-US", looks: EVERY_LOOK },
  { locale: "es-US", looks: [{ width: 320, height: 700, theme: "light", rules: "all" }] },
];

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
  if (PICTURES) mkdirSync(PICTURES, { recursive: true });
});
afterAll(() => browser.close());

describe.each(LOOKS)("in $locale", ({ locale, looks }) => {
  test.each(accountScenes)("$name can be used by everybody", async ({ name, state, path, show }) => {
    const stub = await startPortalStub(state);
    const { page, complaints, close } = await openWindow(browser, { width: looks[0]?.width, locale, baseUrl: stub.baseUrl });
    await page.goto(`/portal/riverside${path}`);
    await page.locator("h1").waitFor();
    await show?.(page);
    const found = await faultsIn(page, looks, async ({ width, theme }) => {
      if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}-${width}-${theme}-${locale.slice(0, 2)}.png`), fullPage: true, animations: "disabled" });
      return width < 600 ? tooSmall(page) : [];
    });
    expect(found).toEqual([]);
    expect(new URL(page.url()).hash, "no secret stays in the address").toBe("");
    expect(complaints).toEqual([]);
    await close();
    await stub.stop();
  });
});
