import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, openWindow, type Window } from "./support/browser.ts";
import { people } from "./support/people.ts";
import { Portal } from "./support/portal.ts";
import { StaffInbox } from "./support/staff.ts";
import { useServer } from "./support/server.ts";

const SUBJECT = `Itching at night ${Date.now() % 100_000}`;
const SAVED = { timeout: 5_000 };

useServer();

/** Words that were not sent outlive the page on which they were typed. */
describe("what was begun", () => {
  let browser: Browser;
  let patient: Window;
  let nurse: Window;
  let portal: Portal;
  let inbox: StaffInbox;

  beforeAll(async () => {
    browser = await launch();
    [patient, nurse] = [await openWindow(browser, { width: 390, height: 844 }), await openWindow(browser)];
    portal = new Portal(patient.page);
    inbox = new StaffInbox(nurse.page);
    await portal.signIn(people.ben);
    await inbox.signIn(people.nurse);
  });

  afterAll(async () => {
    await browser?.close();
  });

  /** What the browser itself holds of a page. */
  const stored = ({ page }: Window) =>
    page.evaluate(async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, await caches.keys(), await indexedDB.databases()]));

  test("in the portal is there after a reload, and gone once it is sent", async () => {
    await portal.startWriting();
    const [subject, message] = [patient.page.getByRole("textbox", { name: "Subject" }), patient.page.getByRole("textbox", { name: "Your message" })];
    await patient.page.getByText("Health question", { exact: true }).first().click();
    await subject.fill(SUBJECT);
    await message.pressSequentially("It itches most ");
    await patient.page.getByText("Draft saved").waitFor(SAVED);
    expect(await stored(patient)).not.toContain("itch");
    await patient.page.reload();
    await expect.poll(() => message.inputValue(), SAVED).toBe("It itches most ");
    expect(await subject.inputValue()).toBe(SUBJECT);
    expect(await patient.page.getByRole("radio", { name: /Health question/ }).isChecked()).toBe(true);
    await message.pressSequentially("at night.");
    // Left at once: the page that goes saves what it has.
    await patient.page.reload();
    await expect.poll(() => message.inputValue(), SAVED).toBe("It itches most at night.");
    await patient.page.getByRole("button", { name: "Send message" }).click();
    await patient.page.getByRole("heading", { level: 1, name: SUBJECT }).waitFor();
    const reply = patient.page.getByLabel("Write a reply");
    await reply.fill("One more thing");
    await patient.page.getByText("Draft saved").waitFor(SAVED);
    await patient.page.reload();
    await expect.poll(() => reply.inputValue(), SAVED).toBe("One more thing");
    await patient.page.getByRole("button", { name: "Send reply" }).click();
    await portal.message("One more thing").waitFor();
    await expect.poll(() => reply.inputValue(), SAVED).toBe("");
    await patient.page.reload();
    await portal.message("One more thing").waitFor();
    await patient.page.waitForLoadState("networkidle", SAVED).catch(() => undefined);
    expect(await reply.inputValue()).toBe("");
    await portal.toAllMessages();
    await portal.startWriting();
    await patient.page.waitForTimeout(500);
    expect([await subject.inputValue(), await message.inputValue()]).toEqual(["", ""]);
  });

  test("in the inbox is there after a reload, the note as a note, and gone once it is sent", async () => {
    await inbox.open(SUBJECT);
    const note = nurse.page.getByRole("textbox", { name: /^Internal note/ });
    const toNote = () => nurse.page.getByRole("tab", { name: "Internal note" }).click();
    const toReply = () => nurse.page.getByRole("tab", { name: "Reply to patient" }).click();
    await inbox.reply.pressSequentially("Dear Ben, ");
    await nurse.page.getByText("Draft saved").waitFor(SAVED);
    await toNote();
    await note.pressSequentially("Looks like eczema");
    await nurse.page.reload();
    await expect.poll(() => inbox.reply.inputValue(), SAVED).toBe("Dear Ben, ");
    expect(await stored(nurse)).not.toMatch(/eczema|Dear Ben/);
    await toNote();
    expect(await note.inputValue()).toBe("Looks like eczema");
    await toReply();
    await inbox.reply.press("Control+End");
    await inbox.reply.pressSequentially("please keep it cool.");
    await inbox.reply.press("Control+Enter");
    await inbox.message("Dear Ben, please keep it cool.").waitFor();
    // The box empties once the server has the reply; before that its words are still a draft.
    await expect.poll(() => inbox.reply.inputValue(), SAVED).toBe("");
    await nurse.page.reload();
    await inbox.message("Dear Ben, please keep it cool.").waitFor();
    await toNote();
    await expect.poll(() => note.inputValue(), SAVED).toBe("Looks like eczema");
    await toReply();
    expect(await inbox.reply.inputValue()).toBe("");
    await portal.toAllMessages();
    await portal.open(SUBJECT);
    expect(await patient.page.content()).not.toContain("eczema");
  });
});
