import { gzipSync } from "node:zlib";
import type { Browser, Page, Response } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, openWindow } from "./support/browser.ts";
import { people } from "./support/people.ts";
import { Portal } from "./support/portal.ts";
import { StaffInbox } from "./support/staff.ts";
import { useServer } from "./support/server.ts";

const KB = 1000;

useServer();

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

interface Weight {
  scripts: number;
  styles: number;
}

/** So long nothing new must have come before the page counts as loaded. */
const QUIET_MS = 500;

/**
 * What the page asked for since it was opened in an empty browser, as gzip would send it. The browser's own "network
 * idle" comes once for each address and has passed when somebody signs in: here it is quiet when nothing more comes.
 */
function weigh(page: Page): () => Promise<Weight> {
  const answers: Response[] = [];
  page.on("response", (response) => {
    if (["script", "stylesheet"].includes(response.request().resourceType()) && response.ok()) answers.push(response);
  });
  return async () => {
    for (let known = -1; known !== answers.length; ) {
      known = answers.length;
      await page.waitForTimeout(QUIET_MS);
    }
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
  { app: "staff", path: "/", limit: 130 * KB },
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

/**
 * All that a person has loaded when their list stands: the sign-in page, everything behind it, and the script that
 * sets the theme. Not counted is what comes after that, for somebody who points at, opens or types something, and the
 * question that is fetched ahead for those who idle.
 */
test.each([
  { app: "staff", enter: (page: Page) => new StaffInbox(page).signIn(people.nurse), limit: 200 * KB },
  { app: "portal", enter: (page: Page) => new Portal(page).signIn(people.ana), limit: 190 * KB },
])("signing in to $app stays light", async ({ app, enter, limit }) => {
  const { page, close } = await openWindow(browser);
  const weight = weigh(page);
  await enter(page);
  const found = await weight();
  console.info(`${app}: ${inWords(found)} until the list stands`);
  expect(found.scripts).toBeLessThanOrEqual(limit);
  await close();
});
