import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, openWindow, settled } from "./support/browser.ts";
import { DESK, EVERY_LOOK, faultsIn, PHONE, type Look } from "./support/looks.ts";
import { startStub, type Stub } from "./support/stub.ts";
import { patientId, userId } from "./support/stubAdmin.ts";
import { tooSmall } from "./support/targets.ts";
import { beginning, sayIn, type Say } from "./support/words.ts";

/** Where pictures go, if somebody wants to look at them. */
const PICTURES = process.env.ADMIN_PICTURES;
const TIMEOUT_MS = 300_000;

let browser: Browser;
let stub: Stub;
beforeAll(async () => {
  browser = await launch();
  if (PICTURES) mkdirSync(PICTURES, { recursive: true });
  stub = await startStub({ threads: 50, messages: 20 }, undefined, { users: 5_000, patients: 5_000 });
});
afterAll(async () => {
  await browser.close();
  await stub.stop();
});

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator("main h2").first().waitFor();
  await settled(page);
}

const press = (path: string, english: string) => async (page: Page, say: Say) => {
  await open(page, path);
  await page.getByRole("button", { name: beginning(say(english)) }).first().click();
  await page.locator("[role=dialog], [role=alertdialog]").waitFor();
};

/** Every page of the administration and every dialog on it. */
const scenes: { name: string; show: (page: Page, say: Say) => Promise<void> }[] = [
  ...["users", `users/${userId(1)}`, "roles", "patients", `patients/${patientId(3)}`, "practice", "teams", "search", "emergency"].map((path) => ({
    name: path, show: (page: Page) => open(page, `/settings/${path}`),
  })),
  { name: "an invitation", show: press("/settings/users", "Invite") },
  { name: "a deactivation", show: press(`/settings/users/${userId(1)}`, "Deactivate") },
  { name: "a new patient", show: press("/settings/patients", "New patient") },
  { name: "an invitation to the portal", show: press(`/settings/patients/${patientId(3)}`, "Invite") },
  {
    name: "those who come of age",
    show: async (page, say) => {
      await open(page, "/settings/patients");
      await page.getByRole("button", { name: say("All patients") }).click();
      await page.getByRole("option", { name: say("Coming of age") }).click();
      await page.locator("main .muted").first().waitFor();
      await settled(page);
    },
  },
  { name: "a review", show: press("/settings/emergency", "Review the access of {{name}}, {{at}}") },
  { name: "versions", show: press("/canned-responses", "Versions of {{title}}") },
  {
    name: "a list of invitations",
    show: async (page, say) => {
      await open(page, "/settings/patients/invitations");
      await page.getByRole("textbox", { name: say("List") }).fill(Array.from({ length: 60 }, (_, at) => `004-${at}`).join("\n"));
      await page.getByRole("button", { name: say("Check the list") }).click();
      await page.getByRole("grid").waitFor();
    },
  },
];

/** Spanish is longer: what differs is the room that it takes. */
const LOOKS: { locale: string; looks: readonly Look[] }[] = [
  { locale: "en-US", looks: EVERY_LOOK },
  { locale: "es-US", looks: [DESK, PHONE].map((size) => ({ ...size, theme: "light", rules: "all" })) },
];

test.each(LOOKS)("nothing of the administration is at fault in $locale", async ({ locale, looks }) => {
  const { page, complaints, close } = await openWindow(browser, { locale, baseUrl: stub.baseUrl });
  const say = sayIn(locale);
  const found: string[] = [];
  for (const { name, show } of scenes) {
    await show(page, say);
    found.push(...(await faultsIn(page, looks, async ({ width, theme }) => {
      if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name.replaceAll(/\W+/g, "-")}-${width}-${theme}-${locale.slice(0, 2)}.png`), animations: "disabled" });
      return width < 600 ? tooSmall(page) : [];
    })).map((fault) => `${name}: ${fault}`));
    await page.setViewportSize(DESK);
  }
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
}, TIMEOUT_MS);

test("a birth date is typed part by part, and five thousand people are walked by key", async () => {
  const { page, complaints, close } = await openWindow(browser, { baseUrl: stub.baseUrl });
  await press("/settings/patients", "New patient")(page, sayIn("en-US"));
  await page.getByRole("spinbutton", { name: /month/ }).click();
  await page.keyboard.type("06022013");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Dora Klein");
  await page.getByRole("textbox", { name: "MRN" }).fill("004-1");
  const [sent] = await Promise.all([
    page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/admin/patients")),
    page.getByRole("button", { name: "Save" }).click(),
  ]);
  expect(sent.postDataJSON()).toMatchObject({ birthDate: "2013-06-02" });
  await open(page, "/settings/users");
  const grid = page.getByRole("grid", { name: "People" });
  await grid.locator('[data-key][tabindex="0"]').focus();
  await page.keyboard.press("End");
  await page.locator(`[data-key="${userId(4_999)}"]`).and(page.locator(":focus")).waitFor();
  expect(await grid.getByRole("row").count()).toBeLessThan(60);
  expect(complaints).toEqual([]);
  await close();
});
