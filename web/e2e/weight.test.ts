import { gzipSync } from "node:zlib";
import type { Browser, Page, Response } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, openWindow } from "./support/browser.ts";
import { people } from "./support/people.ts";
import { Portal } from "./support/portal.ts";
import { StaffInbox } from "./support/staff.ts";

const KB = 1000;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

interface Weight {
  scripts: number;
  styles: number;
}

/** What the page asked for, as gzip would send it. */
function weigh(page: Page): () => Promise<Weight> {
  const answers: Response[] = [];
  page.on("response", (response) => {
    if (["script", "stylesheet"].includes(response.request().resourceType()) && response.ok()) answers.push(response);
  });
  return async () => {
    await page.waitForLoadState("networkidle");
    const weight: Weight = { scripts: 0, styles: 0 };
    for (const answer of answers) {
      const bytes = gzipSync(await answer.body(), { level: 9 }).length;
      weight[answer.request().resourceType() === "script" ? "scripts" : "styles"] += bytes;
    }
    return weight;
  };
}

const inWords = ({ scripts, styles }: Weight) =>
  `${(scripts / KB).toFixed(1)} kB of scripts and ${(styles / KB).toFixed(1)} kB of styles`;

test.each([
  { app: "staff", path: "/", limit: 200 * KB },
  { app: "portal", path: "/portal/riverside", limit: 130 * KB },
])("the first screen of $app weighs no more than its budget", async ({ app, path, limit }) => {
  const { page, close } = await openWindow(browser);
  const weight = weigh(page);
  await page.goto(path);
  await page.locator("form").waitFor();
  const found = await weight();
  console.info(`${app}: ${inWords(found)} on the first screen`);
  expect(found.scripts).toBeGreaterThan(0);
  expect(found.scripts).toBeLessThanOrEqual(limit);
  await close();
});

/** For the record, and so that nobody doubles it unseen: all that a person has loaded after signing in. */
test.each([
  { app: "staff", enter: (page: Page) => new StaffInbox(page).signIn(people.nurse), limit: 400 * KB },
  { app: "portal", enter: (page: Page) => new Portal(page).signIn(people.ana), limit: 220 * KB },
])("signing in to $app stays light", async ({ app, enter, limit }) => {
  const { page, close } = await openWindow(browser);
  const weight = weigh(page);
  await enter(page);
  const found = await weight();
  console.info(`${app}: ${inWords(found)} until the list stands`);
  expect(found.scripts).toBeLessThanOrEqual(limit);
  await close();
});
