import type { Page } from "playwright-core";
import { openWindow } from "./browser.ts";
import { people } from "./people.ts";
import type { Scene } from "./scenes.ts";
import { StaffInbox } from "./staff.ts";

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

async function openFirst(page: Page): Promise<void> {
  await toInbox(page);
  await page.locator(`${ROW}.row`).first().click();
  await page.getByRole("log", { name: "Messages" }).waitFor();
}

async function manageViews(page: Page): Promise<void> {
  await page.goto("/more");
  await page.getByRole("main").getByRole("button", { name: "Manage saved views" }).click();
  await page.getByRole("dialog", { name: "Saved views" }).waitFor();
}

/** A colleague in a window of her own, who stays until this one closes. */
async function withColleague(page: Page): Promise<void> {
  const browser = page.context().browser();
  if (!browser) throw new Error("a window has a browser");
  const nurse = await openWindow(browser);
  page.context().once("close", () => void nurse.close());
  await new StaffInbox(nurse.page).signIn(people.nurse);
  await nurse.page.goto(page.url());
  await nurse.page.getByRole("log", { name: "Messages" }).waitFor();
}

/** What opens over a conversation or a list, and who else is there. */
const over: Scene[] = [
  {
    name: "staff-command-bar",
    show: async (page) => {
      await openFirst(page);
      await page.keyboard.press("Control+K");
      await page.getByRole("dialog").getByRole("option").first().waitFor();
    },
  },
  {
    name: "staff-save-view",
    show: async (page) => {
      await searchFor(page, "cream");
      await page.getByRole("button", { name: "Save this search" }).click();
      await page.getByRole("dialog", { name: "Save this search" }).getByRole("textbox", { name: "Name" }).fill("Creams and ointments");
    },
  },
  {
    name: "staff-manage-views",
    show: async (page) => {
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await manageViews(page);
    },
  },
  {
    name: "staff-rename-view",
    show: async (page) => {
      await manageViews(page);
      await page.getByRole("dialog").getByRole("button", { name: /^Actions on/ }).first().click();
      await page.getByRole("menuitem", { name: "Rename" }).click();
      await page.getByRole("dialog", { name: "Change the view" }).waitFor();
    },
  },
  {
    name: "staff-link",
    show: async (page) => {
      await openFirst(page);
      const link = page.getByRole("button", { name: "Link conversation" });
      // On phones the patient's panel opens from the name.
      if (!(await link.isVisible())) await page.locator(".patient-link").click();
      await link.click();
      const dialog = page.getByRole("dialog", { name: "Link another conversation" });
      await dialog.getByRole("searchbox").fill("Silva");
      await dialog.getByRole("button", { name: /Silva/ }).first().waitFor();
    },
  },
  {
    name: "staff-mention",
    show: async (page) => {
      await openFirst(page);
      await page.getByRole("tab", { name: "Internal note" }).click();
      await page.getByRole("textbox", { name: /^Internal note/ }).pressSequentially("@");
      await page.getByRole("option").first().waitFor();
    },
  },
  {
    name: "staff-presence",
    show: async (page) => {
      await openFirst(page);
      await withColleague(page);
      await page.getByText(/is viewing/).first().waitFor();
    },
  },
];

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
      await searchFor(page, "cream in:messages after:2020-01-01");
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
  ...over,
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
