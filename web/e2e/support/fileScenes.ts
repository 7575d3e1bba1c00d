import { expect } from "vitest";
import type { Locator, Page } from "playwright-core";
import { pdf, photo, pretender } from "./files.ts";
import type { Scene } from "./scenes.ts";

/** The conversation of the demo that has photos over time. */
const SUBJECT = "Rash on my left forearm";
/** The demo's files are checked like any upload, soon after it was loaded. */
const CHECKED = { timeout: 60_000 };
const LONG = "Discharge letter and medication plan of the university clinic for dermatology, second copy, signed.pdf";

const log = (page: Page): Locator => page.getByRole("log", { name: "Messages" });
const pictures = (page: Page): Locator => log(page).getByRole("img", { name: /photo$/ });

/** The newest photo is there to be seen; those above it come when they are scrolled to. */
async function untilShown(page: Page): Promise<void> {
  await pictures(page).last().waitFor(CHECKED);
}

async function openInInbox(page: Page): Promise<void> {
  await page.goto("/inbox/open");
  const box = page.getByRole("combobox", { name: /^Search patients/ });
  await box.fill(SUBJECT);
  await box.press("Enter");
  await page.getByRole("region", { name: "Search results" }).getByRole("link").filter({ hasText: SUBJECT }).first().click();
  await log(page).waitFor();
  await untilShown(page);
}

async function openInPortal(page: Page): Promise<void> {
  await page.goto("/portal/riverside");
  await page.getByRole("link").filter({ hasText: SUBJECT }).first().click();
  await log(page).waitFor();
  await untilShown(page);
}

/** A photo, a document with a long name, and one that is refused. */
async function attachSome(page: Page): Promise<void> {
  const files = [await photo(page, "arm today.jpg", 12), pdf(LONG, "Plan"), pretender("IMG_4412.heic", "image/heic")];
  await page.locator("input[data-files=any]").setInputFiles(files);
  await page.getByText(/IMG_4412\.heic was not added/).first().waitFor();
}

async function enlarge(page: Page): Promise<void> {
  await pictures(page).last().click();
  await page.getByRole("dialog", { name: "Photo viewer" }).getByRole("img").first().waitFor();
}

/** Where there is no room for the panel, the patient's name opens it. */
async function compare(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Compare" });
  if (!(await button.isVisible())) await page.locator(".thread-head").getByRole("button", { name: /Silva/ }).click();
  await button.click();
  await expect.poll(() => page.getByRole("dialog", { name: "Compare photos" }).getByRole("img").count()).toBe(2);
}

const then = (...steps: ((page: Page) => Promise<void>)[]) => async (page: Page) => {
  for (const step of steps) await step(page);
};

export const staffFiles: Scene[] = [
  { name: "staff-photos", show: openInInbox },
  { name: "staff-photo-viewer", show: then(openInInbox, enlarge) },
  { name: "staff-compare", show: then(openInInbox, compare) },
  { name: "staff-uploads", show: then(openInInbox, attachSome) },
];

export const portalFiles: Scene[] = [
  { name: "portal-photos", show: openInPortal },
  { name: "portal-photo-viewer", show: then(openInPortal, enlarge) },
  { name: "portal-uploads", show: then(openInPortal, attachSome) },
  {
    name: "portal-new-uploads",
    show: async (page) => {
      await page.goto("/portal/riverside");
      await page.getByRole("link", { name: "Write a new message" }).first().click();
      await page.locator("form.steps").waitFor();
      await attachSome(page);
    },
  },
];
