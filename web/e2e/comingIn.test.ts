import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, openWindow, type Window } from "./support/browser.ts";
import { plugKeyIn } from "./support/keys.ts";
import { linkTo, people } from "./support/people.ts";
import { Portal } from "./support/portal.ts";
import { useServer } from "./support/server.ts";
import { StaffInbox } from "./support/staff.ts";

/** Tells this run's people from the demo's. */
const RUN = String(Date.now() % 1_000_000);
const PHRASE = "seven quiet herons by the river";

useServer();
let browser: Browser;
let office: Window;
let admin: StaffInbox;

beforeAll(async () => {
  browser = await launch();
  office = await openWindow(browser);
  admin = new StaffInbox(office.page);
  await admin.signIn(people.admin);
});
afterAll(async () => {
  await browser.close();
});

describe("a colleague who was invited", () => {
  const email = `nora.${RUN}@riverside.example`;
  let window: Window;
  let page: Page;

  beforeAll(async () => {
    window = await openWindow(browser);
    page = window.page;
    await plugKeyIn(page);
  });
  afterAll(async () => window.close());

  test("chooses a password on the page of the link and signs in by it", async () => {
    await office.page.goto("/settings/users");
    await office.page.getByRole("button", { name: "Invite" }).click();
    const form = office.page.getByRole("dialog");
    await form.getByLabel("E-mail").fill(email);
    await form.getByLabel("Name").fill("Nora Newman");
    await form.getByRole("button", { name: /Choose a role/ }).click();
    await office.page.getByRole("option", { name: "Nurse" }).click();
    await form.getByRole("button", { name: "Send invitation" }).click();
    await office.page.getByText("Nora Newman").first().waitFor();

    await page.goto(await linkTo(email, "invitation"));
    await page.getByLabel("New password", { exact: true }).fill(PHRASE);
    // What is secret of the address is gone from it, and from the history.
    expect(page.url()).not.toContain("#");
    await page.getByRole("button", { name: "Accept the invitation" }).click();
    await page.getByRole("heading", { name: "Sign in to the inbox" }).waitFor();
    await signIn(page, email, PHRASE);
    await page.getByRole("grid", { name: "Conversations" }).waitFor();
  });

  test("makes a passkey and keeps the codes that come with it", async () => {
    await page.goto("/security");
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Nora's laptop");
    await page.getByRole("button", { name: "Make the passkey" }).click();
    await page.getByText("I have kept these codes").click();
    await page.getByRole("dialog").getByRole("button").last().click();
    await page.getByText("Nora's laptop").waitFor();
  });

  test("signs in by the passkey after signing out, and the administrator sees that she has one", async () => {
    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in to the inbox" }).waitFor();
    await signIn(page, email, PHRASE);
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await page.getByRole("grid", { name: "Conversations" }).waitFor();

    await office.page.goto("/settings/users");
    const row = office.page.getByRole("row").filter({ hasText: email });
    expect(await row.innerText()).toMatch(/Active[\s\S]*Yes/);
  });

  test("is out at once when the administrator deactivates her", async () => {
    await office.page.getByRole("row").filter({ hasText: email }).click();
    await office.page.getByRole("button", { name: "Deactivate" }).click();
    await office.page.getByRole("alertdialog").getByRole("button", { name: "Deactivate" }).click();
    await page.getByRole("heading", { name: "Sign in to the inbox" }).waitFor({ timeout: 10_000 });
  });
});

describe("a patient who was invited", () => {
  const email = `pia.${RUN}@example.org`;
  const helperEmail = `paul.${RUN}@example.org`;
  const question = `May I shower with the dressing? ${RUN}`;
  let patient: Window;
  let helper: Window;

  beforeAll(async () => {
    patient = await openWindow(browser, { width: 390, height: 844 });
    helper = await openWindow(browser, { width: 390, height: 844 });
  });
  afterAll(async () => {
    await patient.close();
    await helper.close();
  });

  test("opens the account with the birth date on file and a password", async () => {
    await office.page.goto("/settings/patients");
    await office.page.getByRole("button", { name: "New patient" }).click();
    const form = office.page.getByRole("dialog");
    await form.getByLabel("Name").fill("Pia Perry");
    await form.getByLabel("MRN").fill(`P-${RUN}`);
    await form.getByRole("spinbutton").first().click();
    await office.page.keyboard.type("03141990");
    await form.getByLabel("E-mail").fill(email);
    await form.getByRole("button", { name: "Save" }).click();
    await office.page.getByRole("heading", { name: "Pia Perry" }).waitFor();
    await office.page.getByRole("button", { name: "Invite" }).click();
    await office.page.getByRole("dialog").getByRole("button", { name: "Send invitation" }).click();

    const { page } = patient;
    await page.goto(await linkTo(email, "invitation"));
    await page.getByLabel("Month").selectOption({ label: "March" });
    await page.getByLabel("Day").fill("14");
    await page.getByLabel("Year").fill("1990");
    await page.getByLabel("New password", { exact: true }).fill(PHRASE);
    await accept(page);
    await new Portal(page).signIn(email, PHRASE);
  });

  test("invites somebody to help, who writes for her and is named beside the message", async () => {
    const { page } = patient;
    await page.goto("/portal/riverside/account/helpers");
    await page.getByRole("button", { name: "Invite somebody" }).click();
    const form = page.getByRole("main");
    await form.getByLabel("Their name").fill("Paul Perry");
    await form.getByLabel("Their e-mail").fill(helperEmail);
    await form.getByText("Read and write", { exact: true }).click();
    await form.getByRole("button", { name: "Send the invitation" }).click();
    await page.getByText(helperEmail).first().waitFor();

    await helper.page.goto(await linkTo(helperEmail, "invitation"));
    await helper.page.getByLabel("Your own name").fill("Paul Perry");
    await helper.page.getByLabel("New password", { exact: true }).fill(PHRASE);
    await accept(helper.page);
    const portal = new Portal(helper.page);
    await portal.signIn(helperEmail, PHRASE);
    await portal.startWriting();
    await portal.writeNew("General question", question, question);

    await admin.page.goto("/inbox/open");
    await admin.open(question);
    expect(await admin.message(question).innerText()).toContain("Paul Perry");
  });

  test("takes the helper's access back, which ends it at once", async () => {
    const { page } = patient;
    await page.goto("/portal/riverside/account/helpers");
    await page.getByRole("button", { name: "Stop access of Paul Perry" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Stop access" }).click();
    await page.getByRole("button", { name: "Stop access of Paul Perry" }).waitFor({ state: "hidden" });
    await helper.page.reload();
    await helper.page.getByText(question).waitFor({ state: "hidden" });
  });

  test("nothing of it stands in an address, a title or the browser's storage, and no window complains", async () => {
    for (const { page, complaints } of [office, patient, helper]) {
      const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
      for (const place of [page.url(), await page.title(), kept]) expect(place).not.toMatch(/Perry|pia\.|paul\.|shower|1990/i);
      expect(complaints).toEqual([]);
    }
  });
});

async function accept(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Accept the invitation" }).click();
  await page.getByText("You accepted the invitation.").waitFor();
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("Practice").fill("riverside");
  await page.getByLabel("Work e-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}
