import { readFileSync } from "node:fs";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, openWindow, type Window } from "./support/browser.ts";
import { CANARY, infected, pdf, photo, pretender, type UploadFile } from "./support/files.ts";
import { people } from "./support/people.ts";
import { Portal } from "./support/portal.ts";
import { StaffInbox } from "./support/staff.ts";
import { useServer } from "./support/server.ts";

/** A file is looked into and scanned within seconds; a page looks for news every 15. */
const NEWS = { timeout: 45_000, interval: 250 };

const SUBJECT = `Red spots on my knee ${Date.now() % 100_000}`;
const QUESTION = "The spots came back last week. Here is a photo from this morning.";
const LATER = "And this is how it looks tonight.";
const NOTE = "Compare with the picture that I took at the visit.";
const ANSWER = "Thank you for the photos. Your care plan is attached.";

/** A photo of a conversation as its thumbnail; there once the server has let it through. */
const thumbnail = (place: Locator, name: string) => place.getByRole("img", { name: `${name}, photo` });

useServer();

/** Two windows, one patient, one nurse: the whole way of a photo and of a document. */
describe("a patient attaches a photo and the care team answers with a document", () => {
  let browser: Browser;
  let patient: Window;
  let nurse: Window;
  let portal: Portal;
  let inbox: StaffInbox;
  let morning: UploadFile;
  let evening: UploadFile;
  let visit: UploadFile;
  const plan = pdf("care-plan.pdf", "Thin layer, two times a day.");

  beforeAll(async () => {
    browser = await launch();
    patient = await openWindow(browser, { width: 390, height: 844 });
    nurse = await openWindow(browser);
    portal = new Portal(patient.page);
    inbox = new StaffInbox(nurse.page);
  });

  afterAll(async () => {
    await browser.close();
  });

  test("the patient is told what cannot be sent, and how a phone's photo can", async () => {
    await portal.signIn(people.ana);
    morning = await photo(portal.page, "knee-morning.jpg", 12);
    evening = await photo(portal.page, "knee-evening.jpg", 350);
    visit = await photo(portal.page, "visit.jpg", 30);
    await portal.startWriting();
    await portal.attach(pretender("IMG_4412.heic", "image/heic"), pretender("words.jpg", "image/jpeg"));
    await portal.page.getByText(/IMG_4412\.heic was not added/).first().waitFor();
    expect(await portal.page.locator("form .banner").first().innerText()).toContain("Most Compatible");
    await portal.page.getByText("words.jpg was not added.", { exact: true }).waitFor();
    const told = portal.page.getByRole("button", { name: "Got it" });
    // Each that is clicked is gone.
    for (let left = await told.count(); left > 0; left--) await told.first().click();
  });

  test("a virus is found after it was sent up, and goes no further", async () => {
    await portal.attach(infected("letter.pdf"));
    await portal.page.getByText("letter.pdf was not added.", { exact: true }).waitFor({ timeout: NEWS.timeout });
    expect(await portal.page.locator("form .banner").first().innerText()).toContain("virus");
    await portal.page.getByRole("button", { name: "Got it" }).click();
  });

  test("the message goes with its photo, and the patient sees it", async () => {
    await portal.writeNew("Health question", SUBJECT, QUESTION, morning);
    await thumbnail(portal.message(QUESTION), morning.name).waitFor({ timeout: NEWS.timeout });
  });

  test("staff enlarge it, turn it and come back to where they were", async () => {
    await inbox.signIn(people.nurse);
    await inbox.open(SUBJECT);
    const small = thumbnail(inbox.message(QUESTION), morning.name);
    await small.waitFor({ timeout: NEWS.timeout });
    expect(morning.buffer.includes(CANARY)).toBe(true);
    const [whole] = await Promise.all([
      inbox.page.waitForResponse((answer) => /\/attachments\/[0-9a-f-]+$/.test(answer.url())),
      small.click(),
    ]);
    const bytes = await whole.body();
    for (const left of [CANARY, "Exif", "GPS"]) expect(bytes.includes(left)).toBe(false);
    const viewer = inbox.page.getByRole("dialog", { name: "Photo viewer" });
    const large = viewer.getByRole("img", { name: `${morning.name}, photo` });
    await large.waitFor();
    expect(await large.evaluate((img: HTMLImageElement) => [img.naturalWidth, img.naturalHeight])).toEqual([1200, 1600]);
    await inbox.page.keyboard.press("+");
    expect(await large.getAttribute("alt")).toBe(`${morning.name}, photo, 150%`);
    await viewer.getByRole("button", { name: "Rotate" }).click();
    expect(await large.evaluate((img) => img.style.transform)).toBe("rotate(90deg)");
    await inbox.page.keyboard.press("0");
    expect(await large.getAttribute("alt")).toBe(`${morning.name}, photo, 100%`);
    await inbox.page.keyboard.press("Escape");
    await viewer.waitFor({ state: "detached" });
    expect(await inbox.page.evaluate(() => document.activeElement?.querySelector("img")?.alt)).toBe(`${morning.name}, photo`);
  });

  test("a second photo comes in a reply, and the two lie side by side", async () => {
    await portal.attach(evening);
    await portal.reply(LATER);
    await thumbnail(inbox.message(LATER), evening.name).waitFor({ timeout: NEWS.timeout });
    await inbox.page.getByRole("button", { name: "Compare" }).click();
    const dialog = inbox.page.getByRole("dialog", { name: "Compare photos" });
    await dialog.getByRole("img", { name: morning.name }).waitFor();
    await dialog.getByRole("img", { name: evening.name }).waitFor();
    await inbox.page.keyboard.press("+");
    expect(await dialog.getByRole("img", { name: /photo, 150%$/ }).count()).toBe(2);
    await inbox.page.keyboard.press("Escape");
  });

  test("a photo of a note stays among staff", async () => {
    await inbox.writeNote(NOTE, visit);
    await thumbnail(inbox.message(NOTE), visit.name).waitFor({ timeout: NEWS.timeout });
    await portal.page.reload();
    await portal.message(LATER).waitFor();
    expect(await portal.page.content()).not.toContain(visit.name);
  });

  test("the answer waits for its document and carries it", async () => {
    await inbox.reply.fill(ANSWER);
    await inbox.attach(plan);
    await inbox.reply.press("Control+Enter");
    await inbox.message(ANSWER).waitFor({ timeout: NEWS.timeout });
    await inbox.message(ANSWER).getByText(plan.name).first().waitFor();
    expect(await inbox.reply.inputValue()).toBe("");
  });

  test("the patient downloads it, byte for byte", async () => {
    await portal.message(ANSWER).waitFor({ timeout: NEWS.timeout });
    const card = portal.message(ANSWER).getByRole("button", { name: new RegExp(plan.name) });
    await card.waitFor({ timeout: NEWS.timeout });
    const [download] = await Promise.all([portal.page.waitForEvent("download"), card.click()]);
    expect(download.suggestedFilename()).toBe(plan.name);
    expect(readFileSync(await download.path()).equals(plan.buffer)).toBe(true);
  });

  test("addresses, titles and storage hold nothing of it, and neither window has a complaint", async () => {
    for (const { page, complaints } of [patient, nurse]) {
      const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
      for (const place of [page.url(), await page.title(), kept]) expect(place).not.toMatch(/knee|care-plan|visit|spots/i);
      expect(complaints).toEqual([]);
    }
  });

  test("signing out leaves no picture in the page", async () => {
    await portal.page.getByRole("button", { name: "Sign out" }).click();
    await portal.page.getByText("You are signed out.").waitFor();
    expect(await portal.page.locator("img[src^='blob:']").count()).toBe(0);
  });
});
