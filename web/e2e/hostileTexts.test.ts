import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, openWindow, settled, type Window } from "./support/browser.ts";
import { addApp, signedIn } from "./support/caller.ts";
import { HOSTILE } from "./support/hostile.ts";
import { fillPractice, line, type HostilePractice } from "./support/hostilePractice.ts";
import { PRACTICE, people } from "./support/people.ts";
import { Portal } from "./support/portal.ts";
import { useServer } from "./support/server.ts";
import { StaffInbox } from "./support/staff.ts";

/** A practice of its own, in which every text that somebody can write is one of two hundred attempts at markup. */
useServer({ THREADWELL_WRITES_PER_MINUTE: "5000", THREADWELL_REQUESTS_PER_MINUTE: "20000" });
let browser: Browser;
let practice: HostilePractice;

beforeAll(async () => {
  browser = await launch();
  practice = await fillPractice();
}, 180_000);
afterAll(() => browser.close());

/** A window in which every way to be noticed is listened to. */
async function wary(width?: number): Promise<Window> {
  const window = await openWindow(browser, width ? { width } : {});
  await window.page.addInitScript(() => {
    const scope = globalThis as unknown as { hits: number; hit: () => void; alert: () => void };
    scope.hits = 0;
    scope.hit = scope.alert = () => void (scope.hits += 1);
  });
  return window;
}

/** Nothing ran, nothing became an element, nothing was loaded from elsewhere. */
async function expectNothingHappened(page: Page): Promise<void> {
  await settled(page);
  const seen = await page.evaluate(() => ({
    hits: (globalThis as unknown as { hits: number }).hits,
    handlers: [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some(({ name }) => name.startsWith("on"))).length,
    strangers: document.querySelectorAll("img[src='x'], iframe, object, embed, base, plaintext, marquee, script:not([src]), a[href^='javascript' i], form[action^='javascript' i]").length,
  }));
  expect(seen, page.url()).toEqual({ hits: 0, handlers: 0, strangers: 0 });
}

test("markup that did get through would be noticed", async () => {
  const { page, close } = await wary();
  await page.setContent("<img src=x onerror=hit()>");
  await expect(expectNothingHappened(page)).rejects.toThrow(/handlers: 1/);
  await close();
});

test("staff see every one of the texts as a text, in every view", async () => {
  const { page, complaints, close } = await wary();
  await new StaffInbox(page).signIn(people.admin);
  await addApp(await signedIn("/auth", people.admin, line(12, 60)), "/auth", line(13, 60));
  const settings = ["users", "patients", `patients/${practice.patient}`, "roles", "practice", "teams", "search", "emergency"].map((name) => `/settings/${name}`);
  for (const path of ["/inbox/open", "/inbox/closed", "/notifications", "/canned-responses", "/automatic-replies", "/new", "/security", ...settings]) {
    await page.goto(path);
    await expectNothingHappened(page);
  }
  await page.goto("/inbox/open");
  await page.getByRole("grid", { name: "Conversations" }).hover();
  for (let screen = 0; screen < 20; screen += 1) {
    await page.mouse.wheel(0, 800);
    await expectNothingHappened(page);
  }
  await page.goto("/settings/patients/invitations");
  await page.getByRole("textbox", { name: "List" }).fill(HOSTILE.map((text) => text.replaceAll("\n", " ")).join("\n"));
  await page.getByRole("button", { name: "Check the list" }).click();
  await expectNothingHappened(page);
  for (const id of practice.threads) {
    await page.goto(`/inbox/open/${id}`);
    await page.getByRole("log", { name: "Messages" }).waitFor();
    await expectNothingHappened(page);
  }
  for (const text of [HOSTILE[0] ?? "", "img onerror", "\"script\""]) {
    await new StaffInbox(page).search(text);
    await expectNothingHappened(page);
  }
  expect(complaints).toEqual([]);
  await close();
});

test("a patient sees them as texts too", async () => {
  const { page, complaints, close } = await wary(390);
  await new Portal(page).signIn(people.ana);
  await addApp(await signedIn("/patient-portal/auth", people.ana, line(14, 60)), "/patient-portal/auth", line(15, 60));
  const account = ["", "/account", "/account/helpers", "/account/security", "/new", "/help"].map((path) => `/portal/${PRACTICE}${path}`);
  for (const path of [...account, ...practice.threads.map((id) => `/portal/${PRACTICE}/messages/${id}`)]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await expectNothingHappened(page);
  }
  expect(complaints).toEqual([]);
  await close();
});
