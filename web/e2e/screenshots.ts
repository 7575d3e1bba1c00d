import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, test } from "vitest";
import type { Browser } from "playwright-core";
import { launch, openWindow, settled, type Theme } from "./support/browser.ts";
import { acts } from "./support/scenes.ts";
import { useServer } from "./support/server.ts";

/** The pictures of the docs: each of these scenes at both widths, light and dark. */
const WANTED = new Set([
  "staff-sign-in",
  "staff-inbox",
  "staff-thread",
  "staff-note-mode",
  "staff-canned-picker",
  "staff-canned",
  "staff-automatic-replies",
  "staff-new-message",
  "portal-choose",
  "portal-sign-in",
  "portal-home",
  "portal-thread",
  "portal-thread-closed",
  "portal-new-message",
  "portal-who",
  "portal-account",
  "staff-photos",
  "staff-compare",
  "portal-photos",
  "portal-uploads",
  "staff-results",
  "staff-bulk",
  "staff-notifications",
  "staff-settings",
]);

const OUT = fileURLToPath(new URL("../../docs/screenshots", import.meta.url));
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const THEMES: Theme[] = ["light", "dark"];

useServer();

let browser: Browser;
beforeAll(async () => {
  mkdirSync(OUT, { recursive: true });
  browser = await launch();
});
afterAll(() => browser.close());

describe.each(SIZES)("at $width px", ({ width, height }) => {
  describe.each(THEMES)("%s", (theme) => {
    test.each(acts)("$name", async ({ enter, scenes }) => {
      const { page, close } = await openWindow(browser, { width, height, theme });
      await enter(page);
      for (const { name, show } of scenes) {
        await show(page);
        if (!WANTED.has(name)) continue;
        await settled(page);
        await page.screenshot({ path: join(OUT, `${name}-${width}-${theme}.png`), animations: "disabled" });
      }
      await close();
    });
  });
});
