import type { Page } from "playwright-core";
import type { Scene } from "./scenes.ts";

const ROW = ".list [role=row]";

async function toInbox(page: Page): Promise<void> {
  await page.goto("/inbox/open");
  await page.locator(ROW).first().waitFor();
}

async function searchFor(page: Page, words: string): Promise<void> {
  await toInbox(page);
  const box = page.getByRole("combobox", { name: /^Search patients/ });
  await box.fill(words);
  await box.press("Enter");
  await page.getByRole("region", { name: "Search results" }).waitFor();
}

async function selectTwo(page: Page): Promise<void> {
  await toInbox(page);
  // Phones have a button for it; elsewhere the key is at hand.
  const select = page.getByRole("button", { name: "Select conversations" });
  if (await select.isVisible()) {
    await select.click();
    for (const row of await page.locator(ROW).all().then((rows) => rows.slice(0, 2))) await row.click();
  } else {
    await page.locator(ROW).first().focus();
    await page.keyboard.press("x");
    await page.keyboard.press("Shift+J");
  }
  await page.getByRole("group", { name: "Selected conversations" }).waitFor();
}

/** Finding messages and working on many conversations at once. */
export const staffWork: Scene[] = [
  {
    name: "staff-suggestions",
    show: async (page) => {
      await toInbox(page);
      await page.getByRole("combobox", { name: /^Search patients/ }).fill("status:");
      await page.getByRole("option").first().waitFor();
    },
  },
  {
    name: "staff-results",
    show: async (page) => {
      await searchFor(page, "cream");
      await page.locator(".hit mark").first().waitFor();
    },
  },
  {
    name: "staff-results-none",
    show: async (page) => {
      await searchFor(page, "zzzzzz status:nonsense");
      await page.getByText("Nothing was found").waitFor();
    },
  },
  { name: "staff-bulk", show: selectTwo },
  {
    name: "staff-notifications",
    show: async (page) => {
      await page.goto("/notifications");
      await page.locator("main li").first().waitFor();
    },
  },
];

/** What administrators set. */
export const adminWork: Scene[] = [
  {
    name: "staff-settings",
    show: async (page) => {
      await page.goto("/settings/teams");
      await page.getByRole("heading", { name: "Teams" }).waitFor();
      await page.getByText("Triage").first().waitFor();
    },
  },
  {
    name: "staff-team",
    show: async (page) => {
      await page.goto("/settings/teams");
      await page.getByRole("button", { name: "Edit Triage" }).click();
      await page.getByRole("dialog", { name: "Change the team" }).waitFor();
    },
  },
];
