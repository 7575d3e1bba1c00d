import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, openWindow, type Window } from "./support/browser.ts";
import { startNodes, type Nodes } from "./support/nodes.ts";
import { people } from "./support/people.ts";
import { Portal } from "./support/portal.ts";
import { StaffInbox } from "./support/staff.ts";

/** Well under the fifteen seconds after which a page without a stream would look by itself. */
const SOON = { timeout: 5_000 };
const SUBJECT = `A mole that changed ${Date.now() % 100_000}`;

/** Two colleagues and a patient at once, on two servers behind a proxy. Nobody reloads anything. */
describe("everything moves by itself", () => {
  let nodes: Nodes;
  let browser: Browser;
  let patient: Window;
  let nurse: Window;
  let provider: Window;
  let portal: Portal;
  let nurseInbox: StaffInbox;
  let providerInbox: StaffInbox;
  /** What both colleagues' badges count before the patient writes. */
  let before = 0;

  beforeAll(async () => {
    nodes = await startNodes();
    browser = await launch();
    patient = await openWindow(browser, { width: 390, height: 844, baseUrl: nodes.baseUrl });
    nurse = await openWindow(browser, { baseUrl: nodes.baseUrl });
    provider = await openWindow(browser, { baseUrl: nodes.baseUrl });
    portal = new Portal(patient.page);
    nurseInbox = new StaffInbox(nurse.page);
    providerInbox = new StaffInbox(provider.page);
    nodes.route("a");
    await nurseInbox.signIn(people.nurse);
    nodes.route("b");
    await providerInbox.signIn(people.provider);
    await portal.signIn(people.ben);
    nodes.route("both");
  });

  afterAll(async () => {
    await browser?.close();
    await nodes?.stop();
  });

  test("a new conversation stands in both inboxes, and the badge counts it", async () => {
    before = await nurseInbox.unread();
    expect(await providerInbox.unread()).toBe(before);
    await portal.startWriting();
    await portal.writeNew("Health question", SUBJECT, "The mole on my back has grown since spring.");
    for (const inbox of [nurseInbox, providerInbox]) {
      await inbox.row(SUBJECT).waitFor(SOON);
      await expect.poll(() => inbox.unread(), SOON).toBe(before + 1);
    }
  });

  test("whoever reads it first takes it off the colleague's badge too, also after her stream was cut", async () => {
    await nurseInbox.open(SUBJECT);
    await expect.poll(() => providerInbox.unread(), SOON).toBe(before);
    await nurse.page.goBack();
    nodes.cut();
    await portal.reply("It is as wide as a coin.");
    await expect.poll(() => providerInbox.unread(), { timeout: 15_000 }).toBe(before + 1);
    await nurseInbox.open(SUBJECT);
    await expect.poll(() => providerInbox.unread(), SOON).toBe(before);
  });

  test("who views and who writes is shown to colleagues, never to the patient", async () => {
    await nurseInbox.open(SUBJECT);
    await providerInbox.open(SUBJECT);
    await nurse.page.getByText(/is viewing/).first().waitFor(SOON);
    await provider.page.getByText(/is viewing/).first().waitFor(SOON);
    await providerInbox.reply.pressSequentially("Could you send a photo");
    await nurse.page.getByText(/is writing a reply/).first().waitFor(SOON);
    expect(await patient.page.content()).not.toMatch(/viewing|is writing/);
  });

  test("a reply reaches the colleague and the patient, and the patient's reading reaches both", async () => {
    await providerInbox.reply.fill("Could you send a photo of it beside a coin?");
    await providerInbox.reply.press("Control+Enter");
    await portal.message("beside a coin").waitFor(SOON);
    await nurseInbox.message("beside a coin").waitFor(SOON);
    expect(await nurseInbox.log.getByRole("listitem").filter({ hasText: "beside a coin" }).count()).toBe(1);
    await providerInbox.message("beside a coin").getByText(/Read by Ben Okafor/).waitFor(SOON);
  });

  test("a note appears for the colleague; nothing moves for the patient", async () => {
    const before = await portal.log.innerHTML();
    await nurseInbox.writeNote("Family history of melanoma, see the intake form.");
    await providerInbox.message("Family history of melanoma").waitFor(SOON);
    expect(await portal.log.innerHTML()).toBe(before);
  });

  test("an assignment and a closing show to everybody whom they concern", async () => {
    await nurseInbox.assignToMe();
    await expect.poll(() => provider.page.locator(".thread-head__controls").innerText(), SOON).toContain("Priya");
    await nurseInbox.close("Answered by phone");
    await expect.poll(() => providerInbox.status.innerText(), SOON).toContain("Closed");
    await portal.page.getByText("This conversation is closed").waitFor(SOON);
    await expect.poll(() => portal.status.innerText(), SOON).toContain("Closed");
  });

  test("a killed server and a cut network cost a catch-up, never a message", async () => {
    await portal.page.getByRole("button", { name: "Write again" }).click();
    await portal.page.getByRole("textbox", { name: "Write a reply" }).waitFor();
    nodes.cut();
    await nodes.killB();
    await portal.reply("It bled this morning.");
    await nurseInbox.message("It bled this morning.").waitFor({ timeout: 15_000 });
    await providerInbox.message("It bled this morning.").waitFor({ timeout: 15_000 });
    await nodes.startB();
    nodes.cut();
    await providerInbox.reply.fill("Please come in today at 3 PM.");
    await providerInbox.reply.press("Control+Enter");
    await portal.message("today at 3 PM").waitFor({ timeout: 15_000 });
    for (const log of [portal.log, nurseInbox.log, providerInbox.log]) {
      const shown = (text: string) => log.getByRole("listitem").filter({ hasText: text }).count();
      await expect.poll(() => shown("today at 3 PM"), { timeout: 15_000 }).toBe(1);
      expect(await shown("It bled this morning.")).toBe(1);
    }
  });

  test("a laptop that slept catches up when it wakes", async () => {
    await nurse.context.setOffline(true);
    await portal.reply("I will be there.");
    await nurse.context.setOffline(false);
    await nurseInbox.message("I will be there.").waitFor({ timeout: 15_000 });
  });

  test("nobody's window has a complaint", () => {
    for (const { complaints } of [patient, nurse, provider]) {
      expect(complaints.filter((line) => !/ERR_(CONNECTION|NETWORK|EMPTY|INTERNET|INCOMPLETE)/.test(line))).toEqual([]);
    }
  });
});
