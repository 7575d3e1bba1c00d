import type { Page } from "playwright-core";
import { ANA, FACTORS, GRANTS, SOFIA, type PortalState } from "./portalStubData.ts";

/** One page about accounts, in one state, and the way to it. */
export interface AccountScene {
  name: string;
  state: PortalState;
  path: string;
  show?: (page: Page) => Promise<void>;
}

const signedIn = { signedIn: true };
const both: PortalState = { signedIn: true, patients: [ANA, SOFIA], grants: GRANTS, factors: FACTORS };
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().click();
const chosen = "correct horse battery staple";

async function signIn(page: Page): Promise<void> {
  await page.getByLabel(/^(E-mail|Correo)/).fill("ana.silva@example.org");
  await page.locator("input[name=password]").fill(chosen);
  await page.locator("form button[type=submit]").click();
  await page.locator("#second-step").waitFor();
}

async function sayWho(page: Page): Promise<void> {
  await page.locator("input[name=email]").fill("ana.lucia.silva-monteiro@example.org");
  await page.locator("fieldset select").selectOption("6");
  await page.locator("fieldset input").first().fill("2");
  await page.locator("fieldset input").last().fill("1958");
  await page.locator("form button[type=submit]").click();
  await page.locator("input[name=one-time-code]").waitFor();
}

/** Every page and state that a reader of these pages meets. */
export const accountScenes: AccountScene[] = [
  { name: "sign-in", state: { accent: "teal" }, path: "" },
  { name: "second-factor-code", state: { methods: ["totp", "passkey", "recovery_code"] }, path: "", show: async (page) => {
    await signIn(page);
    await page.locator(".answers .link-act").first().click();
    await page.locator("input[name=one-time-code]").fill("000 000");
    await page.locator("form button[type=submit]").click();
    await page.locator(".field__error").waitFor();
  } },
  { name: "second-factor-passkey", state: { methods: ["totp", "passkey", "recovery_code"] }, path: "", show: signIn },
  { name: "activate", state: { accent: "green" }, path: "/activate" },
  { name: "activate-missing", state: {}, path: "/activate", show: async (page) => {
    await page.locator("form button[type=submit]").click();
    await page.locator(".field__error").first().waitFor();
  } },
  { name: "activate-code", state: { accent: "blue" }, path: "/activate", show: sayWho },
  { name: "invitation-self", state: { invitation: {} }, path: "/invitation#secret" },
  { name: "invitation-proxy", state: { invitation: { kind: "proxy", relationship: "guardian", needsBirthDate: false } }, path: "/invitation#secret" },
  { name: "invitation-known", state: { invitation: { kind: "proxy", relationship: "caregiver", needsBirthDate: false, hasAccount: true } }, path: "/invitation#secret" },
  { name: "invitation-dead", state: {}, path: "/invitation#secret" },
  { name: "reset-ask", state: { accent: "slate" }, path: "/reset-password" },
  { name: "reset-sent", state: {}, path: "/reset-password", show: async (page) => {
    await page.locator("input[name=email]").fill("wilhelmina.featherstonehaugh@long-mail.example.org");
    await page.locator("form button[type=submit]").click();
    await page.locator(".portal-empty").waitFor();
  } },
  { name: "reset-new", state: {}, path: "/reset-password#secret" },
  { name: "confirm-email", state: {}, path: "/confirm-email#secret" },
  { name: "home-open", state: { ...signedIn, accent: "teal" }, path: "" },
  { name: "conversation", state: { ...signedIn, accent: "green" }, path: "/messages/thread-1" },
  { name: "conversation-private", state: { ...signedIn, isConfidential: true }, path: "/messages/thread-1" },
  { name: "conversation-read-only", state: { ...signedIn, patients: [{ ...SOFIA, relationship: "caregiver", scope: "read" }] }, path: "/messages/thread-1" },
  { name: "home-read-only", state: { ...signedIn, patients: [{ ...SOFIA, relationship: "caregiver", scope: "read" }] }, path: "" },
  { name: "switcher", state: both, path: "", show: async (page) => {
    await page.locator(".acting .link-act").click();
    await page.locator(".choice").first().waitFor();
  } },
  { name: "idle", state: signedIn, path: "", show: async (page) => {
    await page.clock.install();
    await page.reload();
    await page.locator("h1").waitFor();
    // The session of the stub idles out after twenty minutes; two before, the portal asks.
    await page.clock.runFor("18:10");
    await page.getByRole("alertdialog").waitFor();
  } },
  { name: "new-message", state: { ...signedIn, accent: "slate" }, path: "/new" },
  { name: "account", state: { ...both, accent: "blue" }, path: "/account" },
  { name: "security-off", state: signedIn, path: "/account/security" },
  { name: "security-on", state: both, path: "/account/security" },
  { name: "security-app", state: signedIn, path: "/account/security", show: async (page) => {
    await press(page, /code app|una aplicación/);
    await press(page, /I have an app|Tengo una/);
    await page.locator(".qr").waitFor();
  } },
  { name: "recovery-codes", state: both, path: "/account/security", show: async (page) => {
    await press(page, /Make new codes|Hacer códigos/);
    await page.getByRole("alertdialog").getByRole("button").first().click();
    await page.locator(".recovery-codes").waitFor();
  } },
  { name: "step-up", state: { ...both, stepUp: true }, path: "/account/security", show: async (page) => {
    await press(page, /Make new codes|Hacer códigos/);
    await page.getByRole("alertdialog").getByRole("button").first().click();
    await page.getByRole("dialog").locator("input").waitFor();
  } },
  { name: "helpers", state: both, path: "/account/helpers" },
  { name: "helpers-elsewhere", state: { ...both, patients: [SOFIA, ANA] }, path: "/account/helpers" },
  { name: "helpers-none", state: signedIn, path: "/account/helpers" },
  { name: "helpers-invite", state: signedIn, path: "/account/helpers", show: async (page) => {
    await press(page, /Invite somebody|Invitar a alguien/);
    await page.locator("form").waitFor();
  } },
  { name: "helpers-withdraw", state: both, path: "/account/helpers", show: async (page) => {
    await press(page, /Stop access of María|Quitar acceso: María/);
    // Enter takes nothing away: the safe answer has the focus.
    await page.locator("[role=alertdialog] .btn--secondary:focus").waitFor();
  } },
];
