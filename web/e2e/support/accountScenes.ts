import type { Page } from "playwright-core";
import { due, factors, me, refused, sessions, type AccountScene } from "./accountStub.ts";
import { beginning, type Say } from "./words.ts";

/** A page of one's account, what the server has for it, and the way there in a window's language. */
export interface AccountPage extends AccountScene {
  name: string;
  show: (page: Page, say: Say) => Promise<void>;
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
/** A way to go on, told by what its name begins with. */
const choice = (page: Page, name: string) => page.getByRole("button", { name: new RegExp(`^${name}`) });

async function signIn(page: Page, say: Say): Promise<void> {
  await page.goto("/");
  await page.getByLabel(say("Practice")).fill("riverside");
  await page.getByLabel(say("Work e-mail")).fill("nurse@riverside.example");
  await page.getByLabel(say("Password"), { exact: true }).fill("threadwell-demo-2026");
  await button(page, say("Sign in")).click();
}

async function security(page: Page, say: Say): Promise<void> {
  await page.goto("/security");
  await page.getByRole("heading", { level: 1, name: say("Security") }).waitFor();
  await page.getByRole("heading", { level: 2, name: say("E-mails to you") }).waitFor();
}

const out = { signedIn: false };
const enrolling = { ...out, answers: { "POST /api/auth/login": due({ methods: [], enrolmentRequired: true }) } };
const challenged = { ...out, answers: { "POST /api/auth/login": due() } };

async function toSetup(page: Page, say: Say): Promise<void> {
  await signIn(page, say);
  await choice(page, say("Authenticator app")).click();
  await page.getByRole("img", { name: say("Code for the camera of your authenticator app") }).waitFor();
}

const outside: AccountPage[] = [
  { ...out, name: "door", show: async (page) => void (await page.goto("/")) },
  {
    ...out, name: "door-throttled", answers: { "POST /api/auth/login": refused("rate_limited", 429, { "retry-after": "300" }) },
    show: async (page, say) => {
      await signIn(page, say);
      await page.getByRole("alert").waitFor();
    },
  },
  {
    ...challenged, name: "second",
    show: async (page, say) => {
      await signIn(page, say);
      await page.getByLabel(say("Six-digit code")).waitFor();
    },
  },
  {
    ...challenged, name: "second-wrong",
    show: async (page, say) => {
      await signIn(page, say);
      await page.getByLabel(say("Six-digit code")).fill("123 456");
      await button(page, say("Sign in")).click();
      await page.getByText(say("That code is not right. Enter the one that the app shows now.")).waitFor();
    },
  },
  {
    ...challenged, name: "second-passkey",
    show: async (page, say) => {
      await signIn(page, say);
      await button(page, say("Use a passkey")).click();
      await page.getByText(say("Use the passkey of this device, your phone or your security key.")).waitFor();
    },
  },
  {
    ...challenged, name: "second-recovery",
    show: async (page, say) => {
      await signIn(page, say);
      await button(page, say("Use a recovery code")).click();
    },
  },
  {
    ...enrolling, name: "enrol",
    show: async (page, say) => {
      await signIn(page, say);
      await page.getByRole("heading", { name: say("Set up a second step") }).waitFor();
    },
  },
  { ...enrolling, name: "enrol-app", show: toSetup },
  {
    ...enrolling, name: "enrol-passkey",
    show: async (page, say) => {
      await signIn(page, say);
      await choice(page, say("Passkey")).click();
    },
  },
  {
    ...enrolling, name: "enrol-codes",
    show: async (page, say) => {
      await toSetup(page, say);
      await page.getByLabel(say("Six-digit code")).fill("123456");
      await button(page, say("Confirm")).click();
      await page.getByRole("heading", { name: say("Recovery codes") }).waitFor();
    },
  },
  {
    ...out, name: "invitation",
    show: async (page, say) => {
      await page.goto("/invitation#secret-token");
      await page.getByLabel(say("New password")).fill("five words");
      await button(page, say("Accept the invitation")).click();
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
    show: async (page, say) => {
      await page.goto("/reset-password");
      await page.getByLabel(say("Work e-mail")).fill("nurse@riverside.example");
    },
  },
  {
    ...out, name: "reset-asked",
    show: async (page, say) => {
      await page.goto("/reset-password");
      await page.getByLabel(say("Work e-mail")).fill("nurse@riverside.example");
      await button(page, say("Send the link")).click();
      await page.getByText(say("If there is an account with this e-mail, a link is on its way.")).waitFor();
    },
  },
  {
    ...out, name: "reset-choose",
    show: async (page, say) => {
      await page.goto("/reset-password#secret-token");
      await page.getByLabel(say("New password")).fill("correct horse battery staple");
    },
  },
];

const stepUpDue = { "POST /api/auth/recovery-codes": refused("step_up_required") };

const inside: AccountPage[] = [
  { name: "security", show: security },
  {
    name: "security-all-sessions",
    show: async (page, say) => {
      await security(page, say);
      await choice(page, beginning(say("Show all {{count}}"))).click();
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
    show: async (page, say) => {
      await security(page, say);
      await page.getByText(say("This did not load.")).first().waitFor();
    },
  },
  {
    name: "step-up", answers: stepUpDue,
    show: async (page, say) => {
      await security(page, say);
      await button(page, say("Make new codes")).click();
      await page.getByRole("alertdialog").getByRole("button", { name: say("Make new codes") }).click();
      await page.getByRole("dialog", { name: say("Confirm that it is you") }).getByLabel(say("Six-digit code")).waitFor();
    },
  },
  {
    name: "step-up-password", answers: { ...stepUpDue, "GET /api/auth/step-up": { body: { methods: ["password"], until: null } }, "POST /api/auth/step-up": refused("invalid_code") },
    show: async (page, say) => {
      await security(page, say);
      await button(page, say("Make new codes")).click();
      await page.getByRole("alertdialog").getByRole("button", { name: say("Make new codes") }).click();
      const dialog = page.getByRole("dialog", { name: say("Confirm that it is you") });
      await dialog.getByLabel(say("Password"), { exact: true }).fill("wrong");
      await dialog.getByRole("button", { name: say("Confirm") }).click();
      await dialog.getByText(say("That is not your password.")).waitFor();
    },
  },
  {
    name: "add-app", answers: { "GET /api/auth/factors": { body: { ...factors, factors: factors.factors.slice(1) } } },
    show: async (page, say) => {
      await security(page, say);
      await button(page, say("Add an authenticator app")).click();
      await page.getByRole("dialog", { name: say("Set up the authenticator app") }).waitFor();
    },
  },
  {
    name: "add-passkey",
    show: async (page, say) => {
      await security(page, say);
      await button(page, say("Add a passkey")).click();
      await page.getByRole("dialog", { name: say("Make a passkey") }).waitFor();
    },
  },
  {
    name: "new-codes",
    show: async (page, say) => {
      await security(page, say);
      await button(page, say("Make new codes")).click();
      await page.getByRole("alertdialog").getByRole("button", { name: say("Make new codes") }).click();
      await page.getByRole("dialog", { name: say("Recovery codes") }).waitFor();
    },
  },
  {
    name: "emergency",
    show: async (page, say) => {
      await page.goto("/more");
      await page.getByRole("main").getByRole("button", { name: say("Emergency access") }).click();
      await button(page, say("Begin emergency access")).click();
      await page.getByText(say("Say why.")).waitFor();
    },
  },
  {
    name: "emergency-strip", answers: { "GET /api/auth/me": me({ emergencyAccessUntil: "2099-03-12T19:40:00.000Z" }) },
    show: async (page, say) => {
      await page.goto("/inbox/open");
      await page.getByText(beginning(say("Emergency access until {{time}}."))).first().waitFor();
      await page.locator(".list [role=row]").first().waitFor();
    },
  },
  {
    name: "idle",
    show: async (page, say) => {
      await page.clock.install();
      await page.goto("/security");
      await page.getByRole("heading", { level: 1, name: say("Security") }).waitFor();
      await page.clock.runFor("13:20");
      await page.getByRole("alertdialog", { name: say("Are you still there?") }).waitFor();
    },
  },
  {
    name: "lock",
    show: async (page, say) => {
      await page.clock.install();
      await page.goto("/inbox/open");
      await page.locator(".list [role=row]").first().waitFor();
      await page.clock.runFor("15:10");
      await page.getByRole("heading", { level: 1, name: say("Locked") }).waitFor();
      await page.locator("input[type=password]:focus").waitFor();
    },
  },
];

export const accountPages = [...outside, ...inside];
