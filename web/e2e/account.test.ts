import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accountPages, type AccountPage } from "./support/accountScenes.ts";
import { accountAnswers, type AccountScene } from "./support/accountStub.ts";
import { launch, openWindow } from "./support/browser.ts";
import { DESK, EVERY_LOOK, faultsIn, PHONE, type Look } from "./support/looks.ts";
import { startStub, type Stub } from "./support/stub.ts";
import { tooSmall } from "./support/targets.ts";
import { sayIn } from "./support/words.ts";

/** Where pictures go, if somebody wants to look at them. */
const PICTURES = process.env.ACCOUNT_PICTURES;

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

/** Looks at a page as a person of that language sees it. */
async function look({ show, name, ...wanted }: AccountPage, looks: readonly Look[], locale: string): Promise<void> {
  scene = wanted;
  const { page, complaints, close } = await openWindow(browser, { locale, baseUrl: stub.baseUrl });
  await show(page, sayIn(locale));
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

/** Spanish is longer: what differs is the room that it takes. */
const SPANISH: readonly Look[] = [DESK, PHONE].map((size) => ({ ...size, theme: "light", rules: "all" }));

test.each(accountPages)("$name in Spanish", (shown) => look(shown, SPANISH, "es-US"));
