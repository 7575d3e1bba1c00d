import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, openWindow } from "./support/browser.ts";
import { PASSWORD, people, PRACTICE } from "./support/people.ts";
import { Portal } from "./support/portal.ts";
import { StaffInbox } from "./support/staff.ts";
import { useServer } from "./support/server.ts";

useServer();

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Moves by Tab alone until the focus is on what is looked for. */
async function tabTo(page: Page, what: RegExp, most = 60): Promise<void> {
  for (let step = 0; step < most; step += 1) {
    if (what.test(await focusedName(page))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never came to ${what}; it ended on "${await focusedName(page)}"`);
}

/** Role and accessible name of what has the focus, near enough to what a screen reader says. */
async function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    if (!element || element === document.body) return "";
    const labelled = element.getAttribute("aria-label") ?? "";
    const byId = (element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "");
    const labels = "labels" in element ? [...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent) : [];
    const own = element.matches("input, textarea, select") ? "" : element.textContent;
    return [labelled, ...byId, ...labels, own].filter(Boolean).join(" ").trim();
  });
}

/** Whatever has the focus shows that it has it. */
async function focusIsVisible(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    // In a text box the caret says it.
    if (document.activeElement?.matches("input, textarea")) return true;
    const around: Element[] = [];
    for (let element = document.activeElement; element && around.length < 4; element = element.parentElement) around.push(element);
    return around.some((element) => {
      const style = getComputedStyle(element);
      return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    });
  });
}

test("staff sign in, open, take, note, answer and close a thread without a pointer", async () => {
  const window = await openWindow(browser);
  const { page } = window;
  const inbox = new StaffInbox(page);
  await page.goto("/");
  await tabTo(page, /Practice/);
  await page.keyboard.type(PRACTICE);
  await tabTo(page, /Work e-mail/);
  await page.keyboard.type(people.nurse);
  await tabTo(page, /^Password/);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("grid", { name: "Conversations" }).waitFor();

  // "G" then "I": all open ones; "J": the first of them.
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.locator(".list [role=row].row").first().waitFor();
  await page.keyboard.press("j");
  await inbox.log.waitFor();
  const opened = page.url();
  expect(opened).toMatch(/\/inbox\/open\/[0-9a-f-]{36}$/);
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("H1");

  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: /^Internal note/ }).waitFor();
  await expect.poll(() => focusedName(page)).toMatch(/Internal note/);
  expect(await focusIsVisible(page)).toBe(true);
  await page.keyboard.type("Written without a pointer.");
  // The other mode's key does nothing here.
  await page.keyboard.press("Control+Enter");
  expect(await inbox.message("Written without a pointer.").count()).toBe(0);
  await page.keyboard.press("Alt+Enter");
  await inbox.message("Written without a pointer.").waitFor();

  await page.keyboard.press("Escape");
  await expect.poll(() => page.url()).toMatch(/\/inbox\/open/);
  expect(window.complaints).toEqual([]);
  await window.close();
});

test("menus open by key the first time, though they are fetched on demand", async () => {
  const window = await openWindow(browser);
  const { page } = window;
  const inbox = new StaffInbox(page);
  await inbox.signIn(people.nurse);
  await page.getByRole("button", { name: /^Account/ }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => focusedName(page)).toMatch(/^Security$/);
  await page.keyboard.press("Escape");
  await expect.poll(() => focusedName(page)).toMatch(/Account/);

  await page.keyboard.press("j");
  await inbox.log.waitFor();
  await page.keyboard.press("p");
  await page.getByRole("menu", { name: /^Priority/ }).waitFor();
  await expect.poll(() => focusedName(page)).toMatch(/Low|Normal|High|Urgent/);
  await page.keyboard.press("Escape");
  expect(window.complaints).toEqual([]);
  await window.close();
});

test("keys act only outside text fields", async () => {
  const window = await openWindow(browser);
  const { page } = window;
  const inbox = new StaffInbox(page);
  await inbox.signIn(people.nurse);
  await page.locator(".list [role=row].row").first().click();
  await inbox.log.waitFor();
  await inbox.reply.fill("");
  await inbox.reply.pressSequentially("e n u");
  expect(await inbox.reply.inputValue()).toBe("e n u");
  expect(await page.getByRole("dialog").count()).toBe(0);
  await inbox.reply.fill("");
  await window.close();
});

test("a patient signs in, writes and answers without a pointer", async () => {
  const window = await openWindow(browser, { width: 390, height: 844 });
  const { page } = window;
  const portal = new Portal(page);
  await page.goto(`/portal/${PRACTICE}`);
  await page.locator("form").waitFor();
  await page.keyboard.press("Tab");
  expect(await focusedName(page)).toMatch(/Skip to/);
  await tabTo(page, /^E-mail/);
  await page.keyboard.type(people.ben);
  await tabTo(page, /^Password/);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Your messages" }).waitFor();

  await tabTo(page, /Write a new message/);
  expect(await focusIsVisible(page)).toBe(true);
  await page.keyboard.press("Enter");
  await page.locator("form.steps").waitFor();
  await tabTo(page, /Health question/);
  await page.keyboard.press("Space");
  await tabTo(page, /^Subject/);
  await page.keyboard.type("Rash on my left arm");
  await tabTo(page, /^Your message/);
  await page.keyboard.type("It began on Monday.");
  // In the portal Enter is a new line and nothing else.
  await page.keyboard.press("Enter");
  await page.keyboard.type("It itches at night.");
  await tabTo(page, /^Send message/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Rash on my left arm" }).waitFor();
  await portal.message("It itches at night.").waitFor();
  expect(window.complaints).toEqual([]);
  await window.close();
});
