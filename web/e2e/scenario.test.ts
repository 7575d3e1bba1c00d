import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, openWindow, type Window } from "./support/browser.ts";
import { keptBy } from "./support/kept.ts";
import { mailbox, mailsSince, people } from "./support/people.ts";
import { Portal } from "./support/portal.ts";
import { useServer } from "./support/server.ts";
import { StaffInbox } from "./support/staff.ts";

/** News and mails come within a second or two. */
const NEWS = { timeout: 10_000, interval: 250 };

const SUBJECT = `Refill of my tretinoin cream ${Date.now() % 100_000}`;
const QUESTION = "My tretinoin 0.05 % cream runs out on Friday. Could you renew it at the Main Street pharmacy?";
const NOTE = "Last seen in March, tolerated well. Fine to renew for three months.";
const AUTO_REPLY = "Thank you for your prescription refill request.";
const CANNED = "Your prescription refill has been approved and sent to your pharmacy.";
const ADDED = "It is the 45 g tube, as before.";
const THANKS = "Thank you!";
const AGAIN = "One more thing: the pharmacy gave me the 20 g tube.";
const CLOSED_BECAUSE = "Refill approved";

/** Two windows, one patient, one medical assistant: the whole way of a refill request. */
describe("a patient asks for a refill and the care team answers", () => {
  useServer();
  let browser: Browser;
  let patient: Window;
  let assistant: Window;
  let portal: Portal;
  let inbox: StaffInbox;
  let mailsBefore = 0;

  beforeAll(async () => {
    browser = await launch();
    patient = await openWindow(browser, { width: 390, height: 844 });
    assistant = await openWindow(browser);
    portal = new Portal(patient.page);
    inbox = new StaffInbox(assistant.page);
    mailsBefore = (await mailbox()).length;
  });

  afterAll(async () => {
    await browser.close();
  });

  test("the patient writes, past the urgent-need notice, and the automatic reply is there at once", async () => {
    await portal.signIn(people.ana);
    await portal.startWriting();
    await expect.poll(() => portal.page.getByText("Need help right away?").first().isVisible()).toBe(true);
    expect(await portal.page.getByRole("link", { name: /911/ }).first().getAttribute("href")).toBe("tel:911");
    await portal.writeNew("Prescription refill", SUBJECT, QUESTION);
    await portal.message(AUTO_REPLY).waitFor();
    expect(await portal.message(AUTO_REPLY).innerText()).toContain("Automated System");
    expect(await portal.status.innerText()).toContain("Waiting for the care team");
  });

  test("the thread stands in the inbox: open, unread, priority normal", async () => {
    await inbox.signIn(people.medicalAssistant);
    const row = inbox.row(SUBJECT);
    await row.waitFor();
    const words = await row.innerText();
    expect(words).toContain("Open");
    expect(words).toContain("Prescription");
    expect(await row.getByRole("img", { name: "Unread" }).isVisible()).toBe(true);
    // Normal is the priority that lists leave out.
    expect(words).not.toMatch(/Low|High|Urgent/);
  });

  test("staff get a mail that says nothing of it", async () => {
    await expect.poll(async () => (await mailsSince(mailsBefore)).length, NEWS).toBeGreaterThan(0);
    const mails = await mailsSince(mailsBefore);
    expect(mails.every((mail) => mail.to.endsWith("@riverside.example"))).toBe(true);
    for (const mail of mails) {
      expect(mail.subject).toBe("New Patient Message - Action Required");
      expectNoWordOfIt(mail.text);
    }
    mailsBefore = (await mailbox()).length;
  });

  test("a medical assistant takes it", async () => {
    await inbox.open(SUBJECT);
    await inbox.message(QUESTION).waitFor();
    expect(await inbox.page.locator(".thread-head__controls").innerText()).toContain("Normal");
    await inbox.assignToMe();
    await expect.poll(() => inbox.status.innerText(), NEWS).toContain("In progress");
  });

  test("an internal note stays among staff", async () => {
    await inbox.writeNote(NOTE);
    expect(await inbox.message(NOTE).innerText()).toContain("Patient cannot see this");
    await portal.page.reload();
    await portal.message(QUESTION).waitFor();
    expect(await portal.page.content()).not.toContain(NOTE);
    expect(await portal.log.getByRole("listitem").filter({ hasText: "renew for three months" }).count()).toBe(0);
  });

  test("the canned response, edited, goes to the patient, who looks elsewhere", async () => {
    // Whoever has the conversation open reads the answer as it comes, and gets no mail of it.
    await portal.toAllMessages();
    await inbox.insertCanned("Prescription Approved");
    await expect.poll(() => inbox.reply.inputValue()).toContain(CANNED);
    await inbox.reply.press("Control+End");
    await inbox.reply.pressSequentially(` ${ADDED}`);
    await inbox.reply.press("Control+Enter");
    await inbox.message(ADDED).waitFor();
    await expect.poll(() => inbox.status.innerText(), NEWS).toContain("Waiting for patient");
  });

  test("the patient gets a generic mail and reads the answer", async () => {
    const toAna = async () => (await mailsSince(mailsBefore)).filter((mail) => mail.to === people.ana);
    await expect.poll(async () => (await toAna()).length, NEWS).toBe(1);
    const [mail] = await toAna();
    expect(mail?.subject).toBe("You have a new message from your healthcare provider");
    expectNoWordOfIt(mail?.text ?? "");
    expect(mail?.text).toContain("/portal");

    await portal.open(SUBJECT);
    await portal.message(ADDED).waitFor({ timeout: NEWS.timeout });
    expect(await portal.message(ADDED).innerText()).toContain(CANNED);
    expect(await portal.status.innerText()).toContain("Your care team replied");
  });

  test("the patient thanks, and it is in progress again", async () => {
    await portal.reply(THANKS);
    await inbox.message(THANKS).waitFor({ timeout: NEWS.timeout });
    await expect.poll(() => inbox.status.innerText(), NEWS).toContain("In progress");
  });

  test("staff close it", async () => {
    await inbox.close(CLOSED_BECAUSE);
    await expect.poll(() => inbox.status.innerText(), NEWS).toContain("Closed");
    await portal.page.getByText("This conversation is closed").waitFor({ timeout: NEWS.timeout });
    expect(await portal.page.content()).not.toContain(CLOSED_BECAUSE);
  });

  test("the patient writes within the reopen window, and it is open again", async () => {
    expect(await portal.page.locator(".closed-card").innerText()).toMatch(/If you write before .+, it opens again/);
    await portal.page.getByRole("button", { name: "Write again" }).click();
    await portal.reply(AGAIN);
    expect(await portal.status.innerText()).toContain("Waiting for the care team");
    await inbox.message(AGAIN).waitFor({ timeout: NEWS.timeout });
    await expect.poll(() => inbox.status.innerText(), NEWS).toBe("Open");
  });

  test("addresses, titles and storage hold nothing of it, and neither window has a complaint", async () => {
    for (const { page, complaints } of [patient, assistant]) {
      const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
      for (const place of [page.url(), await page.title(), kept]) expectNoWordOfIt(place);
      expect(complaints).toEqual([]);
    }
  });

  test("after signing out neither browser keeps anything, and Back shows the door", async () => {
    await assistant.page.getByRole("button", { name: /^Account/ }).click();
    await assistant.page.getByRole("menuitem", { name: "Sign out" }).click();
    await patient.page.getByRole("button", { name: "Sign out" }).first().click();
    for (const [{ page }, door] of [[patient, "Welcome back"], [assistant, "Sign in to the inbox"]] as const) {
      const sign = page.getByRole("heading", { name: door }).first();
      await sign.waitFor();
      for (const back of [() => page.goBack(), () => page.reload()]) {
        await back();
        await sign.waitFor();
        expectNoWordOfIt(await page.locator("body").innerText());
      }
      expect(await keptBy(page)).toEqual([]);
    }
  });
});

function expectNoWordOfIt(text: string): void {
  for (const secret of ["tretinoin", "refill", "Silva", "Main Street", "renew", "MRN", "45 g"]) {
    expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
  }
}
