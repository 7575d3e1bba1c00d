import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, openWindow, settled, type Window } from "./support/browser.ts";
import { enterBy, signedIn, type Json } from "./support/caller.ts";
import { HOSTILE, inPieces } from "./support/hostile.ts";
import { fillPractice, type HostilePractice } from "./support/hostilePractice.ts";
import { hostileRounds, ROUNDS } from "./support/hostileRounds.ts";
import { PRACTICE, people } from "./support/people.ts";
import { Portal } from "./support/portal.ts";
import { useServer } from "./support/server.ts";
import { StaffInbox } from "./support/staff.ts";

/** A practice of its own, in which every text that somebody can write is one of two hundred attempts at markup. */
const MANY = { THREADWELL_WRITES_PER_MINUTE: "5000", THREADWELL_REQUESTS_PER_MINUTE: "20000", THREADWELL_BCRYPT_COST: "4" };
// One address signs in only so often in a minute: two hundred devices have two hundred.
useServer({ ...MANY, THREADWELL_TRUSTED_PROXY_HOPS: "1" });
const LONG_MS = Math.max(480_000, ROUNDS * 15_000);
let browser: Browser;
let practice: HostilePractice;

beforeAll(async () => {
  browser = await launch();
  practice = await fillPractice();
}, LONG_MS);
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
  const settings = ["users", `users/${practice.user}`, "patients", `patients/${practice.patient}`, "roles", "practice", "teams", "search", "emergency"].map((name) => `/settings/${name}`);
  for (const path of ["/inbox/open", "/inbox/closed", "/notifications", "/canned-responses", "/automatic-replies", "/new", "/security", "/more", ...settings]) {
    await page.goto(path);
    await expectNothingHappened(page);
  }
  await page.goto("/inbox/open");
  await walkDown(page, page.getByRole("grid", { name: "Conversations" }), 20);
  for (const path of ["users", "patients"]) {
    await page.goto(`/settings/${path}`);
    await walkDown(page, page.getByRole("grid").first(), 10);
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
  for (const text of [HOSTILE[0] ?? "", "img onerror", "\"script\"", "from:\"<script>\" category:general"]) {
    await new StaffInbox(page).search(text);
    await expectNothingHappened(page);
  }
  expect(complaints).toEqual([]);
  await close();
}, LONG_MS);

/** Sees a long list to its end, screen by screen. */
async function walkDown(page: Page, list: Locator, screens: number): Promise<void> {
  await list.hover();
  for (let screen = 0; screen < screens; screen += 1) {
    await page.mouse.wheel(0, 800);
    await expectNothingHappened(page);
  }
}

test("so they do in whatever opens over a page", async () => {
  const { page, complaints, close } = await wary();
  await new StaffInbox(page).signIn(people.admin);
  const openers: [path: string, button: RegExp, then?: RegExp][] = [
    ["/more", /^Manage saved views/],
    ["/canned-responses", /^Versions of/],
    ["/settings/emergency", /^Review the access/],
    [`/settings/patients/${practice.child}`, /^Actions on/, /^Change scope/],
    [`/settings/users/${practice.user}`, /^Deactivate/],
    [`/inbox/open/${practice.threads[0]}`, /^Assigned to:/],
    [`/inbox/open/${practice.threads[0]}`, /^Canned response/],
  ];
  for (const [path, opener, then] of openers) {
    await page.goto(path);
    await page.getByRole("main").getByRole("button", { name: opener }).first().click();
    if (then) await page.getByRole("menuitem", { name: then }).click();
    await page.locator("[role=dialog], [role=alertdialog], [role=menu]").first().waitFor();
    await expectNothingHappened(page);
  }
  await page.goto(`/inbox/open/${practice.threads[0]}`);
  await page.getByRole("tab", { name: "Internal note" }).click();
  await page.getByRole("textbox", { name: /^Internal note/ }).pressSequentially("@");
  await page.getByRole("option").first().waitFor();
  await expectNothingHappened(page);
  await page.keyboard.press("Control+K");
  await page.getByRole("dialog").getByRole("combobox").fill("img");
  await expectNothingHappened(page);
  expect(complaints).toEqual([]);
  await close();
});

test("a page locks with a name that is markup", async () => {
  const admin = await signedIn("/auth", people.admin, "desk");
  const { users } = await admin("GET", "/admin/users");
  const { id, version } = (users as Json[]).find(({ email }) => email === people.nurse) ?? {};
  await admin("PUT", `/admin/users/${String(id)}`, { fullName: inPieces(200)[9] }, version);
  const { page, complaints, close } = await wary();
  await new StaffInbox(page).signIn(people.nurse);
  await page.clock.install();
  await page.goto("/inbox/open");
  await page.locator(".list [role=row]").first().waitFor();
  await page.clock.runFor("15:10");
  await page.getByRole("heading", { level: 1, name: "Locked" }).waitFor();
  expect(await page.locator(".lock__who").innerText()).toContain("hit()");
  await expectNothingHappened(page);
  expect(complaints).toEqual([]);
  await close();
});

test("a patient sees them as texts too", async () => {
  const { page, complaints, close } = await wary(390);
  await new Portal(page).signIn(people.ana);
  const account = ["", "/account", "/account/helpers", "/account/security", "/new", "/help"].map((path) => `/portal/${PRACTICE}${path}`);
  for (const path of [...account, ...practice.threads.map((id) => `/portal/${PRACTICE}/messages/${id}`)]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await expectNothingHappened(page);
  }
  expect(complaints).toEqual([]);
  await close();
});

test("what there is only one of takes one text after the other", async () => {
  const [staff, ana, guardian] = [await wary(), await wary(390), await wary(390)];
  const { begin, codes } = await hostileRounds();
  await enterBy(staff.page, "/auth", people.admin, codes.admin[0]);
  await enterBy(ana.page, "/patient-portal/auth", people.ana, codes.ana[0]);
  await new Portal(guardian.page).signIn(people.carla);
  for (let round = 0; round < ROUNDS; round += 1) {
    await begin(round);
    for (const path of ["/settings/teams", "/settings/practice", "/security", "/inbox/open"]) {
      await staff.page.goto(path);
      await expectNothingHappened(staff.page);
    }
    await staff.page.getByRole("combobox", { name: /^Search patients/ }).click();
    await staff.page.getByRole("option").first().waitFor();
    await expectNothingHappened(staff.page);
    for (const path of ["", "/account/security", "/help"]) {
      await ana.page.goto(`/portal/${PRACTICE}${path}`);
      await expectNothingHappened(ana.page);
    }
    await guardian.page.goto(`/portal/${PRACTICE}`);
    await guardian.page.getByText(/Who are you here for/).first().waitFor();
    await expectNothingHappened(guardian.page);
  }
  for (const { complaints, close } of [staff, ana, guardian]) {
    expect(complaints).toEqual([]);
    await close();
  }
}, LONG_MS);
