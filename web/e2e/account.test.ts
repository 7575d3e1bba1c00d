import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accountPages, pagesWithoutWords, type AccountPage } from "./support/accountScenes.ts";
import { accountAnswers, type AccountScene } from "./support/accountStub.ts";
import { violations } from "./support/axe.ts";
import { launch, openWindow, type Theme, type WindowOptions } from "./support/browser.ts";
import { startStub, type Stub } from "./support/stub.ts";

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const THEMES: Theme[] = ["light", "dark"];
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

async function look({ show, name, ...wanted }: AccountPage, options: WindowOptions & { width: number }): Promise<void> {
  scene = wanted;
  const { page, complaints, close } = await openWindow(browser, { ...options, baseUrl: stub.baseUrl });
  await show(page);
  const { width, theme, locale } = options;
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}-${width}-${theme ?? locale}.png`), animations: "disabled" });
  const found = await violations(page);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wider > 0) found.push(`wider than the window by ${wider} px`);
  if (width < 600) found.push(...(await tooSmall(page)));
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
}

/** Every page of one's account, both themes, both widths: axe finds nothing, nothing is wider than the window. */
describe.each(SIZES)("at $width px", ({ width, height }) => {
  describe.each(THEMES)("%s", (theme) => {
    test.each(accountPages)("$name", (shown) => look(shown, { width, height, theme }));
  });

  test.each(pagesWithoutWords)("$name in Spanish", (shown) => look(shown, { width, height, locale: "es-US" }));
});
