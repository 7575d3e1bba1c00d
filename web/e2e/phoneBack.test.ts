import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, openWindow, type Window } from "./support/browser.ts";
import { PHONE } from "./support/looks.ts";
import { startStub, type Stub } from "./support/stub.ts";

let browser: Browser;
let stub: Stub;

beforeAll(async () => {
  browser = await launch();
  stub = await startStub({ threads: 200, messages: 40 });
});
afterAll(async () => {
  await browser.close();
  await stub.stop();
});

const ROW = ".list [role=row].row";
const listTop = (page: Page) => page.locator(".list").evaluate((list) => Math.round(list.scrollTop));

/** A phone whose list is scrolled and whose conversation, from the middle of the screen, is open. */
async function deepInTheList(): Promise<Window & { top: number; subject: string }> {
  const window = await openWindow(browser, { ...PHONE, baseUrl: stub.baseUrl });
  const { page } = window;
  await page.goto("/inbox/open");
  await page.locator(ROW).first().waitFor();
  await page.locator(".list").hover();
  await page.mouse.wheel(0, 2_000);
  await expect.poll(() => listTop(page)).toBeGreaterThan(1_900);
  const top = await listTop(page);
  const row = page.locator(ROW).filter({ hasText: /Question/ }).nth(6);
  await row.scrollIntoViewIfNeeded();
  const subject = /Question \d+:/.exec(await row.innerText())?.[0] ?? "";
  const at = await listTop(page);
  await row.click();
  await page.getByRole("log", { name: "Messages" }).waitFor();
  expect(await page.locator(".list").isVisible()).toBe(false);
  return { ...window, top: at || top, subject };
}

test("Back leads from a conversation to the list where it was, and Forward to the conversation again", async () => {
  const { page, complaints, top, subject, close } = await deepInTheList();
  await page.goBack();
  await page.locator(ROW).first().waitFor();
  await expect.poll(() => listTop(page)).toBe(top);
  // The row that was opened has the focus again.
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent ?? "")).toContain(subject);
  await page.goForward();
  await page.getByRole("heading", { level: 1, name: new RegExp(subject) }).waitFor();
  expect(complaints).toEqual([]);
  await close();
});

test("the arrow in the conversation's head is the same Back", async () => {
  const { page, complaints, top, close } = await deepInTheList();
  await page.getByRole("button", { name: "Back to conversations" }).or(page.getByRole("link", { name: "Back to conversations" })).click();
  await page.locator(ROW).first().waitFor();
  await expect.poll(() => listTop(page)).toBe(top);
  expect(complaints).toEqual([]);
  await close();
});

test.each([
  ["dialog", "Close conversation"],
  ["menu", "More actions"],
])("Back takes an open %s away with its conversation and never leaves it over the list", async (role, opener) => {
  const { page, complaints, close } = await deepInTheList();
  await page.getByRole("button", { name: opener }).first().click();
  await page.getByRole(role as "dialog" | "menu").waitFor();
  await page.goBack();
  await page.locator(ROW).first().waitFor();
  expect(await page.locator("[role=dialog], [role=menu]").count()).toBe(0);
  // Nothing of it covers the list: a press opens the next conversation.
  await page.locator(ROW).nth(3).click();
  await page.getByRole("log", { name: "Messages" }).waitFor();
  expect(complaints).toEqual([]);
  await close();
});
