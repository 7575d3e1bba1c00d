import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, openWindow } from "./browser.ts";
import { bothThemes, faultsIn, type Look } from "./looks.ts";
import { acts, type Scene } from "./scenes.ts";
import { useServer } from "./server.ts";
import { tooSmall } from "./targets.ts";

/** An act is many screens, each of them looked at twice. */
const ACT_MS = 360_000;

/** Every screen at a size, in both themes: axe finds nothing, nothing is wider than the window, a finger finds everything. */
export function testEveryScene(size: { width: number; height: number }): void {
  useServer();

  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  test.each(acts)(`at ${size.width} px: $name`, async ({ enter, scenes }) => {
    const window = await openWindow(browser, size);
    await enter(window.page);
    const found: string[] = [];
    for (const scene of scenes) found.push(...(await faultsOf(scene, window.page, bothThemes(size))));
    expect(found).toEqual([]);
    expect(window.complaints).toEqual([]);
    await window.close();
  }, ACT_MS);
}

/** A scene that cannot be reached is a fault of its own; the others are still looked at. */
async function faultsOf(scene: Scene, page: Page, looks: readonly Look[]): Promise<string[]> {
  try {
    await scene.show(page);
  } catch (error) {
    return [`${scene.name}: not reached: ${String(error).split("\n")[0]}`];
  }
  const targets = ({ width, rules }: Look) => (width < 600 && rules === "all" ? tooSmall(page) : Promise.resolve([]));
  return (await faultsIn(page, looks, targets)).map((fault) => `${scene.name}: ${fault}`);
}
