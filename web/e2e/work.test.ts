import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, openWindow, type Window } from "./support/browser.ts";
import { people } from "./support/people.ts";
import { Portal } from "./support/portal.ts";
import { StaffInbox } from "./support/staff.ts";
import { useServer } from "./support/server.ts";

const SOON = { timeout: 5_000 };
const SUBJECT = `Itching after the injection ${Date.now() % 100_000}`;
const WORD = `quillwort${Date.now() % 100_000}`;

useServer();

/** Finding what was written, telling a colleague, and clearing many conversations at once. */
describe("staff find anything and work through the rest", () => {
  let browser: Browser;
  let patient: Window;
  let nurse: Window;
  let provider: Window;
  let portal: Portal;
  let nurseInbox: StaffInbox;
  let providerInbox: StaffInbox;

  beforeAll(async () => {
    browser = await launch();
    [patient, nurse, provider] = [await openWindow(browser, { width: 390, height: 844 }), await openWindow(browser), await openWindow(browser)];
    portal = new Portal(patient.page);
    nurseInbox = new StaffInbox(nurse.page);
    providerInbox = new StaffInbox(provider.page);
    await portal.signIn(people.ben);
    await nurseInbox.signIn(people.nurse);
    await providerInbox.signIn(people.provider);
  });

  afterAll(async () => {
    await browser?.close();
  });

  test("a word of a message finds it within moments, and opens the conversation there", async () => {
    await portal.startWriting();
    await portal.writeNew("Health question", SUBJECT, `The skin around it itches since I touched ${WORD}.`);
    await nurseInbox.search(WORD);
    const hit = nurseInbox.results.getByRole("link").filter({ hasText: SUBJECT }).first();
    await hit.waitFor(SOON);
    expect(await hit.locator("mark").allInnerTexts()).toContain(WORD);
    await hit.click();
    await nurseInbox.message(WORD).waitFor();
    expect(nurse.page.url()).toMatch(/\?message=[0-9a-f-]{36}$/);
    await nurse.page.goBack();
    await nurseInbox.results.waitFor();
  });

  test("a note that names a colleague tells her, and only staff find it", async () => {
    await nurseInbox.results.getByRole("link").filter({ hasText: SUBJECT }).first().click();
    await nurseInbox.mention("Amara", `please look at the ${WORD}x`);
    await provider.page.getByRole("link", { name: /Notifications/ }).click();
    const told = provider.page.getByRole("link").filter({ hasText: /mentioned you/ }).first();
    await told.waitFor(SOON);
    await told.click();
    await providerInbox.message(`${WORD}x`).waitFor();

    await expect.poll(async () => {
      await nurseInbox.search(`${WORD}x`);
      return nurseInbox.results.getByText("Internal note").count();
    }, { timeout: 15_000 }).toBeGreaterThan(0);
    await portal.search(`${WORD}x`);
    await patient.page.getByText("We found no message with these words").first().waitFor();
  });

  test("a word that is spelt wrongly leads to the one that was written", async () => {
    await nurseInbox.search("okafro tuoched");
    await nurseInbox.results.getByRole("button", { name: "Search for “okafor touched”" }).click();
    await nurseInbox.results.getByRole("link").filter({ hasText: SUBJECT }).first().waitFor(SOON);
  });

  test("a star keeps a conversation at hand, for its giver alone", async () => {
    await nurse.page.goto("/inbox/open");
    await nurseInbox.open(SUBJECT);
    await nurse.page.getByRole("button", { name: "Star", exact: true }).click();
    await nurse.page.getByRole("button", { name: "Remove the star" }).waitFor();
    await nurse.page.goto("/inbox/starred");
    await nurseInbox.row(SUBJECT).getByRole("img", { name: "Starred" }).waitFor();
    await provider.page.goto("/inbox/starred");
    await provider.page.getByText("No starred conversations").first().waitFor();
    await nurseInbox.open(SUBJECT);
    await nurse.page.keyboard.press("Shift+S");
    await nurse.page.getByRole("button", { name: "Star", exact: true }).waitFor();
    await nurse.page.goto("/inbox/starred");
    await nurse.page.getByText("No starred conversations").first().waitFor();
  });

  test("many are closed at once, and opened again by Undo", async () => {
    await nurse.page.goto("/inbox/open");
    await nurseInbox.row(SUBJECT).waitFor();
    const before = await nurse.page.locator(".list [role=row]").count();
    expect(before).toBeGreaterThan(2);
    await nurse.page.locator(".list [role=row]").first().focus();
    await nurse.page.keyboard.press("x");
    await nurse.page.keyboard.press("Shift+J");
    await nurse.page.getByRole("group", { name: "Selected conversations" }).getByText("2 selected").waitFor();
    await nurse.page.keyboard.press("e");
    await nurse.page.getByText("2 conversations closed").waitFor(SOON);
    await nurse.page.keyboard.press("z");
    await nurse.page.getByText("Undone").waitFor(SOON);
    await nurseInbox.row(SUBJECT).waitFor(SOON);
    expect(await nurseInbox.row(SUBJECT).innerText()).not.toContain("Closed");
  });

  test("keys act on what is ticked, though another conversation has been opened since", async () => {
    const { page } = nurse;
    await page.goto("/inbox/open");
    await page.locator(".list [role=row][data-key]").first().click();
    await nurseInbox.log.waitFor();
    const first = page.url();
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await expect.poll(() => page.url()).not.toBe(first);
    await nurseInbox.log.waitFor();
    await page.keyboard.press("x");
    await page.getByRole("group", { name: "Selected conversations" }).getByText("2 selected").waitFor();
    await page.keyboard.press("s");
    await page.getByText(/That key acts on one conversation/).waitFor(SOON);
    await page.keyboard.press("u");
    await page.getByText("2 conversations marked unread").waitFor(SOON);
    await page.keyboard.press("z");
    await page.getByText("Undone").waitFor(SOON);
  });

  test("an assignment is taken back with the status that it moved", async () => {
    await nurse.page.goto("/inbox/open");
    await nurseInbox.open(SUBJECT);
    await expect.poll(() => nurseInbox.status.innerText(), SOON).toBe("Open");
    await nurse.page.keyboard.press("i");
    await expect.poll(() => nurseInbox.status.innerText(), SOON).toBe("In progress");
    await nurse.page.getByText("Assignment changed").waitFor(SOON);
    await nurse.page.keyboard.press("z");
    await nurse.page.getByText("Undone").waitFor(SOON);
    await expect.poll(() => nurseInbox.status.innerText(), SOON).toBe("Open");
    await nurse.page.getByRole("button", { name: "Assigned to: Nobody" }).waitFor(SOON);
  });

  test("a tab that opened on a conversation leads to its list by Escape", async () => {
    const tab = await nurse.page.context().newPage();
    await tab.goto(nurse.page.url());
    await tab.getByRole("log", { name: "Messages" }).waitFor();
    await tab.keyboard.press("Escape");
    await expect.poll(() => new URL(tab.url()).pathname).toBe("/inbox/open");
    await tab.close();
  });

  test("a reload brings back the place in the list and what is ticked", async () => {
    const { page } = nurse;
    await page.goto("/inbox/open");
    await nurseInbox.row(SUBJECT).waitFor();
    await page.locator(".list [role=row][data-key]").first().focus();
    await page.keyboard.press("x");
    const top = () => page.locator(".list").evaluate((list) => list.scrollTop);
    await page.locator(".list").hover();
    await page.mouse.wheel(0, 700);
    await expect.poll(() => page.evaluate(() => (history.state as { listTop?: number }).listTop)).toBe(700);
    await page.reload();
    await page.getByRole("group", { name: "Selected conversations" }).getByText("1 selected").waitFor();
    await expect.poll(top).toBe(700);
    await page.keyboard.press("Escape");
  });

  test("addresses, titles and storage hold nothing of it, and no window has a complaint", async () => {
    for (const { page, complaints } of [patient, nurse, provider]) {
      const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage, state: history.state as unknown }));
      for (const place of [page.url(), await page.title(), kept]) expect(place).not.toContain(WORD);
      expect(complaints).toEqual([]);
    }
  });
});
