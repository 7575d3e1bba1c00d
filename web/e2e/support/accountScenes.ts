import type { Page } from "playwright-core";
import { due, factors, me, refused, sessions, type AccountScene } from "./accountStub.ts";

/** A page of one's account, what the server has for it, and the way there. */
export interface AccountPage extends AccountScene {
  name: string;
  show: (page: Page) => Promise<void>;
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });

async function signIn(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByLabel("Practice").fill("riverside");
  await page.getByLabel("Work e-mail").fill("nurse@riverside.example");
  await page.getByLabel("Password", { exact: true }).fill("threadwell-demo-2026");
  await button(page, "Sign in").click();
}

async function security(page: Page): Promise<void> {
  await page.goto("/security");
  await page.getByRole("heading", { level: 1, name: "Security" }).waitFor();
  await page.getByRole("heading", { level: 2, name: "E-mails to you" }).waitFor();
}

const out = { signedIn: false };
const enrolling = { ...out, answers: { "POST /api/auth/login": due({ methods: [], enrolmentRequired: true }) } };
const challenged = { ...out, answers: { "POST /api/auth/login": due() } };

async function toSetup(page: Page): Promise<void> {
  await signIn(page);
  await button(page, /^Authenticator app/).click();
  await page.getByRole("img", { name: /camera/ }).waitFor();
}

const outside: AccountPage[] = [
  { ...out, name: "door", show: async (page) => void (await page.goto("/")) },
  {
    ...out, name: "door-throttled", answers: { "POST /api/auth/login": refused("rate_limited", 429, { "retry-after": "300" }) },
    show: async (page) => {
      await signIn(page);
      await page.getByRole("alert").waitFor();
    },
  },
  {
    ...challenged, name: "second-wrong",
    show: async (page) => {
      await signIn(page);
      await page.getByLabel("Six-digit code").fill("123 456");
      await button(page, "Sign in").click();
      await page.getByText("That code is not right").waitFor();
    },
  },
  {
    ...challenged, name: "second-passkey",
    show: async (page) => {
      await signIn(page);
      await button(page, "Use a passkey").click();
      await page.getByText("Use the passkey of this device").waitFor();
    },
  },
  {
    ...challenged, name: "second-recovery",
    show: async (page) => {
      await signIn(page);
      await button(page, "Use a recovery code").click();
    },
  },
  {
    ...enrolling, name: "enrol",
    show: async (page) => {
      await signIn(page);
      await page.getByRole("heading", { name: "Set up a second step" }).waitFor();
    },
  },
  { ...enrolling, name: "enrol-app", show: toSetup },
  {
    ...enrolling, name: "enrol-passkey",
    show: async (page) => {
      await signIn(page);
      await button(page, /^Passkey/).click();
    },
  },
  {
    ...enrolling, name: "enrol-codes",
    show: async (page) => {
      await toSetup(page);
      await page.getByLabel("Six-digit code").fill("123456");
      await button(page, "Confirm").click();
      await page.getByRole("heading", { name: "Recovery codes" }).waitFor();
    },
  },
  {
    ...out, name: "invitation",
    show: async (page) => {
      await page.goto("/invitation#secret-token");
      await page.getByLabel("New password").fill("five words");
      await button(page, "Accept the invitation").click();
    },
  },
  {
    ...out, name: "invitation-bad", answers: { "POST /api/auth/invitation/check": refused("invalid_token") },
    show: async (page) => {
      await page.goto("/invitation#secret-token");
      await page.getByRole("alert").waitFor();
    },
  },
  {
    ...out, name: "reset",
    show: async (page) => {
      await page.goto("/reset-password");
      await page.getByLabel("Work e-mail").fill("nurse@riverside.example");
    },
  },
  {
    ...out, name: "reset-asked",
    show: async (page) => {
      await page.goto("/reset-password");
      await page.getByLabel("Work e-mail").fill("nurse@riverside.example");
      await button(page, "Send the link").click();
      await page.getByText("a link is on its way").waitFor();
    },
  },
  {
    ...out, name: "reset-choose",
    show: async (page) => {
      await page.goto("/reset-password#secret-token");
      await page.getByLabel("New password").fill("correct horse battery staple");
    },
  },
];

const stepUpDue = { "POST /api/auth/recovery-codes": refused("step_up_required") };

const inside: AccountPage[] = [
  { name: "security", show: security },
  {
    name: "security-all-sessions",
    show: async (page) => {
      await security(page);
      await button(page, "Show all 200").click();
    },
  },
  {
    name: "security-bare", answers: { "GET /api/auth/factors": { body: { factors: [], recoveryCodesLeft: 0, demanded: false } }, "GET /api/auth/sessions": { body: { sessions: sessions(1) } } },
    show: security,
  },
  {
    name: "security-last", answers: { "GET /api/auth/factors": { body: { ...factors, factors: factors.factors.slice(1), recoveryCodesLeft: 9 } } },
    show: security,
  },
  {
    name: "security-failed",
    answers: { "GET /api/auth/factors": refused("not_found", 404), "GET /api/auth/sessions": refused("not_found", 404), "GET /api/auth/preferences": refused("not_found", 404) },
    show: async (page) => {
      await security(page);
      await page.getByText("This did not load.").first().waitFor();
    },
  },
  {
    name: "step-up", answers: stepUpDue,
    show: async (page) => {
      await security(page);
      await button(page, "Make new codes").click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Make new codes" }).click();
      await page.getByRole("dialog", { name: "Confirm that it is you" }).getByLabel("Six-digit code").waitFor();
    },
  },
  {
    name: "step-up-password", answers: { ...stepUpDue, "GET /api/auth/step-up": { body: { methods: ["password"], until: null } }, "POST /api/auth/step-up": refused("invalid_code") },
    show: async (page) => {
      await security(page);
      await button(page, "Make new codes").click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Make new codes" }).click();
      const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
      await dialog.getByLabel("Password", { exact: true }).fill("wrong");
      await dialog.getByRole("button", { name: "Confirm" }).click();
      await dialog.getByText("That is not your password.").waitFor();
    },
  },
  {
    name: "add-app", answers: { "GET /api/auth/factors": { body: { ...factors, factors: factors.factors.slice(1) } } },
    show: async (page) => {
      await security(page);
      await button(page, "Add an authenticator app").click();
      await page.getByRole("dialog", { name: "Set up the authenticator app" }).waitFor();
    },
  },
  {
    name: "add-passkey",
    show: async (page) => {
      await security(page);
      await button(page, "Add a passkey").click();
      await page.getByRole("dialog", { name: "Make a passkey" }).waitFor();
    },
  },
  {
    name: "new-codes",
    show: async (page) => {
      await security(page);
      await button(page, "Make new codes").click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Make new codes" }).click();
      await page.getByRole("dialog", { name: "Recovery codes" }).waitFor();
    },
  },
  {
    name: "emergency",
    show: async (page) => {
      await page.goto("/more");
      await page.getByRole("main").getByRole("button", { name: "Emergency access" }).click();
      await button(page, "Begin emergency access").click();
      await page.getByText("Say why.").waitFor();
    },
  },
  {
    name: "emergency-strip", answers: { "GET /api/auth/me": me({ emergencyAccessUntil: "2099-03-12T19:40:00.000Z" }) },
    show: async (page) => {
      await page.goto("/inbox/open");
      await page.getByText(/^Emergency access until/).waitFor();
      await page.locator(".list [role=row]").first().waitFor();
    },
  },
  {
    name: "idle",
    show: async (page) => {
      await page.clock.install();
      await page.goto("/security");
      await page.getByRole("heading", { level: 1, name: "Security" }).waitFor();
      await page.clock.runFor("13:20");
      await page.getByRole("alertdialog", { name: "Are you still there?" }).waitFor();
    },
  },
  {
    name: "lock",
    show: async (page) => {
      await page.clock.install();
      await page.goto("/inbox/open");
      await page.locator(".list [role=row]").first().waitFor();
      await page.clock.runFor("15:10");
      await page.getByRole("heading", { level: 1, name: "Locked" }).waitFor();
      await page.locator("input[type=password]:focus").waitFor();
    },
  },
];

export const accountPages = [...outside, ...inside];

/** The way to some of them without a word of any language. */
export const pagesWithoutWords: AccountPage[] = [
  { ...out, name: "door", show: async (page) => void (await page.goto("/")) },
  {
    ...out, name: "invitation",
    show: async (page) => {
      await page.goto("/invitation#secret-token");
      await page.locator("input[type=password]").fill("cinco");
      await page.locator("button[type=submit]").click();
    },
  },
  {
    ...challenged, name: "second",
    show: async (page) => {
      await page.goto("/");
      await page.locator("input[type=email]").fill("nurse@riverside.example");
      await page.locator("input[type=password]").fill("threadwell-demo-2026");
      await page.locator("button[type=submit]").click();
      await page.locator(".other-ways").waitFor();
    },
  },
  {
    name: "security", answers: { "GET /api/auth/me": me({ emergencyAccessUntil: "2099-03-12T19:40:00.000Z" }) },
    show: async (page) => {
      await page.goto("/security");
      await page.locator(".prefs__language").waitFor();
      await page.locator(".emergency").waitFor();
    },
  },
];
