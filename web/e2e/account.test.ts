import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accountPages, pagesWithoutWords, type AccountPage } from "./support/accountScenes.ts";
import { accountAnswers, type AccountScene } from "./support/accountStub.ts";
import { launch, openWindow } from "./support/browser.ts";
import { DESK, EVERY_LOOK, faultsIn, PHONE, type Look } from "./support/looks.ts";
import { startStub, type Stub } from "./support/stub.ts";

/** Where pictures go, if somebody wants to look at them. */
const PICTURES = process.env.ACCOUNT_PICTURES;
const TOUCH_PX = 44;

let browser: Browser;
let stub: Stub;
let scene: AccountScene = {};

beforeAll(async () => {
  browser = await launch();
  stub = await startStub({ threads: 200, messages: 40 }, accountAnswers(() => scene));
  if (PICTURES) mkdirSync(PICTURES, { recursive: true });
});
afterAll(async () => {
  await browser.close();
  await stub.stop();
});

/** Controls that a finger would miss. Links in a sentence are text; the rows' own parts have tests of their own. */
async function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const parts = document.querySelectorAll<HTMLElement>(":is(.sign, .security, .dialog, .emergency) :is(button, a, input:not([type=checkbox], .visually-hidden), textarea, .checkbox-row)");
    return [...parts].flatMap((part) => {
      const { width, height } = part.getBoundingClientRect();
      const name = part.getAttribute("aria-label") ?? part.textContent ?? part.tagName;
      // Inside its field a button is as high as the field lets it.
      const inField = part.closest(".input-group") !== null && part.tagName === "BUTTON";
      return width > 0 && !inField && Math.min(width, height) < least - 0.5 ? [`${name}: ${Math.round(width)} × ${Math.round(height)} px`] : [];
    });
  }, TOUCH_PX);
}

/** Looks at a page as a person of that language sees it. */
async function look({ show, name, ...wanted }: AccountPage, looks: readonly Look[], locale: string): Promise<void> {
  scene = wanted;
  const { page, complaints, close } = await openWindow(browser, { locale, baseUrl: stub.baseUrl });
  await show(page);
  const found = await faultsIn(page, looks, async ({ width, theme }) => {
    if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}-${width}-${theme}-${locale.slice(0, 2)}.png`), animations: "disabled" });
    return width < 600 ? tooSmall(page) : [];
  });
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
}

/** Every page of one's account: axe finds nothing, nothing is wider than the window, a finger finds everything. */
test.each(accountPages)("$name", (shown) => look(shown, EVERY_LOOK, "en-US"));

test.each(pagesWithoutWords)("$name in Spanish", (shown) => look(shown, [DESK, PHONE].map((size) => ({ ...size, theme: "light", rules: "all" })), "es-US"));
