import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, openWindow, settled, type Window } from "./support/browser.ts";
import { HOSTILE } from "./support/hostile.ts";
import { PASSWORD, PRACTICE, people } from "./support/people.ts";
import { Portal } from "./support/portal.ts";
import { baseUrl, useServer } from "./support/server.ts";
import { StaffInbox } from "./support/staff.ts";

type Json = Record<string, unknown>;
type Call = (method: string, path: string, body?: Json, version?: unknown) => Promise<Json>;

/** A practice of its own, in which every text that somebody can write is one of two hundred attempts at markup. */
useServer({ THREADWELL_WRITES_PER_MINUTE: "5000", THREADWELL_REQUESTS_PER_MINUTE: "20000" });
let browser: Browser;
const threads: string[] = [];
let ana = "";

beforeAll(async () => {
  browser = await launch();
  await fill(await signedIn(people.admin));
}, 180_000);
afterAll(async () => {
  await browser.close();
});

/** Signs in and gives a way to call the API. */
async function signedIn(email: string): Promise<Call> {
  let token = "";
  const call: Call = async (method, path, body, version) => {
    const headers = { "X-Tenant-ID": PRACTICE, ...(token && { Authorization: `Bearer ${token}` }), ...(version !== undefined && { "If-Match": `"${String(version)}"` }) };
    const answer = await fetch(`${baseUrl()}/api${path}`, { method, headers: { ...headers, ...(body && { "Content-Type": "application/json" }) }, ...(body && { body: JSON.stringify(body) }) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : {}) as Json;
  };
  const session = await call("POST", "/auth/login", { email, password: PASSWORD, tokenDelivery: "body" });
  token = String(session.accessToken);
  return call;
}

/** One line of a text that fits where names are short. */
const line = (n: number, most = 200) => (HOSTILE[n % HOSTILE.length] ?? "").replace(/[\n\t\u202E\u2066\u2069]/g, " ").trim().slice(0, most);

async function fill(admin: Call): Promise<void> {
  const found = await admin("GET", "/admin/patients?search=Silva");
  ana = String((found.patients as Json[])[0]?.id);
  const { version } = await admin("GET", `/admin/patients/${ana}`);
  await admin("PUT", `/admin/patients/${ana}`, { fullName: line(0) }, version);
  for (let n = 0; n < HOSTILE.length; n += 20) await fillThread(admin, n);
  for (let n = 0; n < 12; n += 1) {
    await admin("POST", "/admin/patients", { fullName: line(n * 7), mrn: `X-${n}`, phone: "(555) 010-0100" });
    await admin("POST", "/admin/users", { fullName: line(n * 11), title: line(n * 13, 60), email: `x${n}@riverside.example`, role: "nurse" });
    await admin("POST", "/canned-responses", { title: line(n * 17), responseText: HOSTILE.slice(n * 16, n * 16 + 16).join("\n"), category: "general" });
    await admin("POST", "/teams", { name: line(n * 19 + 1, 60), categories: [], memberIds: [] });
    await admin("POST", "/views", { name: line(n * 23 + 2, 60), isShared: true, filter: { search: line(n) } });
  }
  const { version: now, ...settings } = await admin("GET", "/admin/settings");
  const texts = { name: line(90), emergencyText: HOSTILE.slice(0, 8).join(" "), hoursText: line(91), afterHoursText: HOSTILE.slice(8, 16).join(" ") };
  await admin("PUT", "/admin/settings", { ...settings, ...texts, answerTimes: { general: line(92, 60), medical: line(93, 60) } }, now);
}

/** A conversation whose message and note hold twenty of the texts each, and nineteen more for the subjects of lists. */
async function fillThread(admin: Call, from: number): Promise<void> {
  const twenty = HOSTILE.slice(from, from + 20).join("\n");
  const made = await admin("POST", "/patient-messages/threads", { patientId: ana, category: "general", subject: line(from), messageText: twenty });
  const id = String(made.threadId);
  threads.push(id);
  await admin("POST", `/patient-messages/threads/${id}/messages`, { messageText: twenty, isInternalNote: true });
  for (let n = from + 1; n < from + 20; n += 1) {
    await admin("POST", "/patient-messages/threads", { patientId: ana, category: "general", subject: line(n), messageText: line(n) });
  }
  if (from % 40 === 0) await admin("POST", `/patient-messages/threads/${id}/close`, { reason: line(from + 3) });
}

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
  const settings = ["users", "patients", `patients/${ana}`, "roles", "practice", "teams", "search", "emergency"].map((name) => `/settings/${name}`);
  for (const path of ["/inbox/open", "/inbox/closed", "/notifications", "/canned-responses", "/automatic-replies", "/new", ...settings]) {
    await page.goto(path);
    await expectNothingHappened(page);
  }
  await page.goto("/inbox/open");
  await page.getByRole("grid", { name: "Conversations" }).hover();
  for (let screen = 0; screen < 20; screen += 1) {
    await page.mouse.wheel(0, 800);
    await expectNothingHappened(page);
  }
  for (const id of threads) {
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
  const account = ["", "/account", "/account/helpers", "/account/security", "/new", "/help"].map((path) => `/portal/${PRACTICE}${path}`);
  for (const path of [...account, ...threads.map((id) => `/portal/${PRACTICE}/messages/${id}`)]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await expectNothingHappened(page);
  }
  expect(complaints).toEqual([]);
  await close();
});
