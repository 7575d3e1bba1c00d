import type { Page } from "playwright-core";
import { violations } from "./axe.ts";
import { settled, type Theme } from "./browser.ts";

/** A window's size and colours, and what is looked for in it. */
export interface Look {
  width: number;
  height: number;
  theme: Theme;
  /** With the theme alone nothing but the colours changes. */
  rules: "all" | "colours";
}

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** Both sizes in both themes. */
export const EVERY_LOOK: readonly Look[] = [
  { ...DESK, theme: "light", rules: "all" },
  { ...DESK, theme: "dark", rules: "colours" },
  { ...PHONE, theme: "dark", rules: "all" },
  { ...PHONE, theme: "light", rules: "colours" },
];

/** One size in both themes. */
export const bothThemes = (size: { width: number; height: number }): readonly Look[] => [
  { ...size, theme: "light", rules: "all" },
  { ...size, theme: "dark", rules: "colours" },
];

const isTooWide = (page: Page) =>
  page.evaluate(() => [document.documentElement, document.querySelector(".page-pane")].some((part) => part !== null && part.scrollWidth > part.clientWidth));

/** Frames without a movement after which a page stands still. */
const STILL_FRAMES = 5;

/** Colours cross over for a moment when the theme changes, those that are inherited one after the other. */
const untilStill = (page: Page) =>
  page.evaluate(async (frames) => {
    for (let still = 0; still < frames; still += 1) {
      await new Promise(requestAnimationFrame);
      const ends = document.getAnimations().filter(({ effect, playState }) => playState === "running" && effect?.getComputedTiming().endTime !== Infinity);
      if (ends.length > 0) still = -1;
      await Promise.allSettled(ends.map(({ finished }) => finished));
    }
  }, STILL_FRAMES);

/** What is at fault with a page as it stands, in one look after the other: none of them loads it anew. */
export async function faultsIn(page: Page, looks: readonly Look[], further: (look: Look) => Promise<string[]> = () => Promise.resolve([])): Promise<string[]> {
  const faults: string[] = [];
  for (const look of looks) {
    const { width, height, theme, rules } = look;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: theme });
    // Other colours ask nothing of the server.
    if (rules === "all") await settled(page);
    await untilStill(page);
    const found = [...(await further(look)), ...(await violations(page, rules === "colours" ? ["color-contrast"] : undefined))];
    if (await isTooWide(page)) found.push("wider than the window");
    faults.push(...found.map((fault) => `${width} px, ${theme}: ${fault}`));
  }
  return faults;
}
