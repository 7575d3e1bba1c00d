import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "./support/axe.ts";
import { launch, openWindow, settled, type Theme } from "./support/browser.ts";
import { acts, type Scene } from "./support/scenes.ts";
import type { Page } from "playwright-core";

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const THEMES: Theme[] = ["light", "dark"];

/** Every screen, both themes, both widths: axe finds nothing, nothing is wider than the window. */
describe.each(SIZES)("at $width px", ({ width, height }) => {
  describe.each(THEMES)("%s", (theme) => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launch();
    });
    afterAll(() => browser.close());

    test.each(acts)("$name", async ({ enter, scenes }) => {
      const window = await openWindow(browser, { width, height, theme });
      await enter(window.page);
      const found: string[] = [];
      for (const scene of scenes) found.push(...(await faultsOf(scene, window.page)));
      expect(found).toEqual([]);
      expect(window.complaints).toEqual([]);
      await window.close();
    });
  });
});

/** A scene that cannot be reached is a fault of its own; the others are still looked at. */
async function faultsOf(scene: Scene, page: Page): Promise<string[]> {
  try {
    await scene.show(page);
    await settled(page);
  } catch (error) {
    return [`${scene.name}: not reached: ${String(error).split("\n")[0]}`];
  }
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  const faults = await violations(page);
  if (wider > 0) faults.push(`wider than the window by ${wider} px`);
  return faults.map((fault) => `${scene.name}: ${fault}`);
}
