import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accountAnswers, CODES, due, signedIn, type AccountScene } from "./support/accountStub.ts";
import { launch, openWindow } from "./support/browser.ts";
import { keptBy } from "./support/kept.ts";
import { plugKeyIn } from "./support/keys.ts";
import { startStub, type Stub } from "./support/stub.ts";

let browser: Browser;
let stub: Stub;
let scene: AccountScene = {};
const heard = new Map<string, { credential?: { response: Record<string, unknown> } }>();

beforeAll(async () => {
  browser = await launch();
  const listen = (call: string, body: string) => body && heard.set(call, JSON.parse(body) as object);
  stub = await startStub({ threads: 20, messages: 5 }, accountAnswers(() => scene, listen));
});
afterAll(async () => {
  await browser.close();
  await stub.stop();
});

const challenge = "Y2hhbGxlbmdlLW9mLXRoZS1zdHVi";
const creation = {
  publicKey: {
    challenge, rp: { id: "localhost", name: "Threadwell" }, user: { id: "bnVyc2U", name: "nurse@riverside.example", displayName: "Priya" },
    pubKeyCredParams: [{ type: "public-key", alg: -7 }], authenticatorSelection: { residentKey: "required", userVerification: "required" },
  },
};

async function signIn(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByLabel("Practice").fill("riverside");
  await page.getByLabel("Work e-mail").fill("nurse@riverside.example");
  await page.getByLabel("Password", { exact: true }).fill("threadwell-demo-2026");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("a real browser makes a passkey, hands the codes over as a file, and signs in by the passkey", async () => {
  const { page, complaints, close } = await openWindow(browser, { baseUrl: stub.baseUrl });
  await plugKeyIn(page);
  const enrolment = { "POST /api/auth/enrolment/passkey-options": { body: creation }, "POST /api/auth/enrolment/passkey": { body: { ...signedIn, recoveryCodes: CODES } } };
  scene = { signedIn: false, answers: { ...enrolment, "POST /api/auth/login": due({ methods: [], enrolmentRequired: true }) } };
  await signIn(page);
  await page.getByRole("button", { name: /^Passkey/ }).click();
  await page.getByRole("button", { name: "Make the passkey" }).click();
  const arriving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  const file = await (await arriving).path();
  const kept = await readFile(file, "utf8");
  expect(CODES.every((code) => kept.includes(code))).toBe(true);
  expect(heard.get("POST /api/auth/enrolment/passkey")?.credential?.response).toHaveProperty("attestationObject");
  await page.getByText("I have kept these codes").click();
  await page.getByRole("button", { name: "Go on to the inbox" }).click();
  await page.getByRole("grid", { name: "Conversations" }).waitFor();

  const request = { publicKey: { challenge, rpId: "localhost", userVerification: "required" } };
  scene = { signedIn: false, answers: { "POST /api/auth/login": due({ methods: ["passkey"] }), "POST /api/auth/second-factor/passkey-options": { body: request }, "POST /api/auth/second-factor": { body: signedIn } } };
  await signIn(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByRole("grid", { name: "Conversations" }).waitFor();
  expect(heard.get("POST /api/auth/second-factor")?.credential?.response).toHaveProperty("signature");
  expect(complaints).toEqual([]);
  await close();
});

test("after signing out, Back shows the door and the browser keeps nothing but how the app looks", async () => {
  scene = { signedIn: true };
  const { page, complaints, close } = await openWindow(browser, { baseUrl: stub.baseUrl });
  await page.goto("/inbox/open");
  await page.getByText(/^Question 0:/).click();
  await page.getByRole("log", { name: "Messages" }).waitFor();
  scene = { signedIn: false };
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in to the inbox" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Sign in to the inbox" }).waitFor();
  expect(await page.getByRole("grid", { name: "Conversations" }).count()).toBe(0);
  expect(await keptBy(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
});
