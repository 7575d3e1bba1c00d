import type { Page } from "playwright-core";
import { portalFiles, staffFiles } from "./fileScenes.ts";
import { PASSWORD, people } from "./people.ts";
import { Portal } from "./portal.ts";
import { StaffInbox } from "./staff.ts";
import { adminWork, staffWork } from "./workScenes.ts";

/** One screen, in one state, and the way to it. */
export interface Scene {
  name: string;
  show: (page: Page) => Promise<void>;
}

/** Scenes that one sign-in shows one after the other. */
export interface Act {
  name: string;
  enter: (page: Page) => Promise<void>;
  scenes: Scene[];
}

const goTo = (path: string, selector: string) => async (page: Page) => {
  await page.goto(path);
  await page.locator(selector).first().waitFor();
};

const FIRST_ROW = ".list [role=row].row";

async function openFirst(page: Page, view: string): Promise<void> {
  await goTo(`/inbox/${view}`, FIRST_ROW)(page);
  await page.locator(FIRST_ROW).first().click();
  await page.getByRole("log", { name: "Messages" }).waitFor();
}

async function press(page: Page, name: string | RegExp, role: "button" | "tab" | "link" = "button"): Promise<void> {
  await page.getByRole(role, { name }).first().click();
}

const staffOutside: Act = {
  name: "staff, signed out",
  enter: goTo("/", "form"),
  scenes: [
    { name: "staff-sign-in", show: goTo("/", "form") },
    {
      name: "staff-sign-in-missing",
      show: async (page) => {
        await goTo("/", "form")(page);
        await press(page, "Sign in");
        await page.getByText("Enter your work e-mail.").waitFor();
      },
    },
    {
      name: "staff-sign-in-refused",
      show: async (page) => {
        await goTo("/", "form")(page);
        await page.getByLabel("Practice").fill("riverside");
        await page.getByLabel("Work e-mail").fill("nobody@riverside.example");
        await page.getByLabel("Password", { exact: true }).fill("not the password");
        await press(page, "Sign in");
        await page.getByText("That e-mail and password do not match.").waitFor();
      },
    },
  ],
};

const staffInside: Act = {
  name: "staff, provider",
  enter: (page) => new StaffInbox(page).signIn(people.provider),
  scenes: [
    { name: "staff-inbox", show: goTo("/inbox/open", FIRST_ROW) },
    { name: "staff-inbox-empty", show: goTo("/inbox/open?category=other&priority=urgent&status=open&assignee=me", ".empty") },
    {
      name: "staff-filter",
      show: async (page) => {
        await goTo("/inbox/open", FIRST_ROW)(page);
        await press(page, /^Filter/);
        await page.getByRole("dialog").waitFor();
      },
    },
    { name: "staff-thread", show: (page) => openFirst(page, "needs-reply") },
    {
      name: "staff-note-mode",
      show: async (page) => {
        await openFirst(page, "needs-reply");
        await press(page, "Internal note", "tab");
        await page.getByRole("textbox", { name: /^Internal note/ }).fill("Seen in March, fine to renew.");
      },
    },
    {
      name: "staff-canned-picker",
      show: async (page) => {
        await openFirst(page, "needs-reply");
        await press(page, "Canned response");
        await page.getByRole("dialog", { name: "Canned responses" }).getByRole("option").first().waitFor();
      },
    },
    {
      name: "staff-blank",
      show: async (page) => {
        await openFirst(page, "needs-reply");
        await page.getByRole("textbox", { name: /^Message to / }).fill("Please come on [date of the visit].");
        await page.getByText(/blank to fill in before you can send/).waitFor();
      },
    },
    {
      name: "staff-close",
      show: async (page) => {
        await openFirst(page, "needs-reply");
        await press(page, "Close conversation");
        await page.getByRole("dialog").waitFor();
      },
    },
    {
      name: "staff-assign",
      show: async (page) => {
        await openFirst(page, "needs-reply");
        await press(page, /^Assigned to:/);
        await page.getByRole("menu").waitFor();
      },
    },
    { name: "staff-review", show: (page) => openFirst(page, "provider") },
    { name: "staff-thread-closed", show: (page) => openFirst(page, "closed") },
    { name: "staff-thread-gone", show: goTo("/inbox/open/00000000-0000-7000-8000-000000000000", ".empty") },
    { name: "staff-new-message", show: goTo("/new", "form") },
    { name: "staff-canned", show: goTo("/canned-responses", "main h1, main h2") },
    { name: "staff-automatic-replies", show: goTo("/automatic-replies", "main form, main section, main h1") },
    { name: "staff-more", show: goTo("/more", "main") },
    {
      name: "staff-keys",
      show: async (page) => {
        await goTo("/inbox/open", FIRST_ROW)(page);
        await page.keyboard.press("?");
        await page.getByRole("dialog", { name: "Keyboard keys" }).waitFor();
      },
    },
  ],
};

const staffAuditor: Act = {
  name: "staff, auditor",
  enter: async (page) => {
    await page.goto("/");
    await page.getByLabel("Practice").fill("riverside");
    await page.getByLabel("Work e-mail").fill(people.auditor);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await press(page, "Sign in");
    await page.getByText("Your role has no inbox").waitFor();
  },
  scenes: [{ name: "staff-no-inbox", show: async () => {} }],
};

const portalOutside: Act = {
  name: "portal, signed out",
  enter: goTo("/portal", "main"),
  scenes: [
    { name: "portal-choose", show: goTo("/portal", ".practices") },
    { name: "portal-sign-in", show: goTo("/portal/riverside", "form") },
    {
      name: "portal-sign-in-missing",
      show: async (page) => {
        await goTo("/portal/riverside", "form")(page);
        await press(page, "Sign in");
        await page.getByText("Enter your e-mail").waitFor();
      },
    },
    { name: "portal-help", show: goTo("/portal/riverside/help", "main h1") },
    { name: "portal-unknown", show: goTo("/portal/nowhere", ".empty") },
  ],
};

const CARD = ".convs a.conv";

const portalInside: Act = {
  name: "portal, patient",
  enter: (page) => new Portal(page).signIn(people.ana),
  scenes: [
    { name: "portal-home", show: goTo("/portal/riverside", CARD) },
    {
      name: "portal-home-nothing-found",
      show: async (page) => {
        await goTo("/portal/riverside", CARD)(page);
        await press(page, "Search");
        await page.getByRole("searchbox").fill("zzzzzz");
        await page.keyboard.press("Enter");
        await page.locator(".empty").waitFor();
      },
    },
    {
      name: "portal-home-found",
      show: async (page) => {
        await goTo("/portal/riverside", CARD)(page);
        await press(page, "Search");
        await page.getByRole("searchbox").fill("cream");
        await page.keyboard.press("Enter");
        await page.locator("main mark").first().waitFor();
      },
    },
    {
      name: "portal-thread",
      show: async (page) => {
        await goTo("/portal/riverside", CARD)(page);
        await page.locator(CARD).first().click();
        await page.getByRole("log").waitFor();
      },
    },
    {
      name: "portal-thread-closed",
      show: async (page) => {
        await goTo("/portal/riverside", CARD)(page);
        await page.getByRole("button", { name: "Closed", exact: true }).click();
        await page.locator(CARD).first().click();
        await page.locator(".closed-card").waitFor();
      },
    },
    {
      name: "portal-new-message",
      show: async (page) => {
        await goTo("/portal/riverside", CARD)(page);
        await press(page, "Write a new message", "link");
        await page.locator("form.steps").waitFor();
      },
    },
    {
      name: "portal-new-message-missing",
      show: async (page) => {
        await goTo("/portal/riverside", CARD)(page);
        await press(page, "Write a new message", "link");
        await press(page, "Send message");
        await page.getByText("Write your message").first().waitFor();
      },
    },
    { name: "portal-account", show: goTo("/portal/riverside/account", "main h1") },
  ],
};

const staffWithFiles: Act = {
  name: "staff, files",
  enter: (page) => new StaffInbox(page).signIn(people.provider),
  scenes: staffFiles,
};

const staffAtWork: Act = {
  name: "staff, searching and working together",
  enter: (page) => new StaffInbox(page).signIn(people.provider),
  scenes: staffWork,
};

const adminAtWork: Act = {
  name: "staff, administrator",
  enter: (page) => new StaffInbox(page).signIn(people.admin),
  scenes: adminWork,
};

const portalWithFiles: Act = {
  name: "portal, files",
  enter: (page) => new Portal(page).signIn(people.ana),
  scenes: portalFiles,
};

const portalGuardian: Act = {
  name: "portal, guardian",
  enter: (page) => new Portal(page).signIn(people.carla),
  scenes: [
    { name: "portal-who", show: async (page) => page.getByRole("heading", { name: "Who are you here for?" }).waitFor() },
    {
      name: "portal-home-guardian",
      show: async (page) => {
        await page.getByText(/Mendes/).first().click();
        await press(page, "Continue");
        await page.locator(CARD).first().waitFor();
      },
    },
  ],
};

/** Every screen of both apps. */
export const acts: Act[] = [staffOutside, staffInside, staffAuditor, portalOutside, portalInside, portalGuardian, staffWithFiles, portalWithFiles, staffAtWork, adminAtWork];
