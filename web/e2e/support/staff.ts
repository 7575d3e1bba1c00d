import type { Locator, Page } from "playwright-core";
import type { UploadFile } from "./files.ts";
import { PASSWORD, PRACTICE } from "./people.ts";

/** What a member of staff does in the inbox, in their own words. */
export class StaffInbox {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async signIn(email: string): Promise<void> {
    await this.page.goto("/");
    await this.page.getByLabel("Practice").fill(PRACTICE);
    await this.page.getByLabel("Work e-mail").fill(email);
    await this.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await this.page.getByRole("grid", { name: "Conversations" }).waitFor();
  }

  row(subject: string): Locator {
    return this.page.getByRole("grid", { name: "Conversations" }).getByRole("row").filter({ hasText: subject }).first();
  }

  /** What the rail's badge counts; without a badge there is nothing unread. */
  async unread(): Promise<number> {
    const [shown] = await this.page.locator('.rail a[href="/inbox/open"] .count--unread').allInnerTexts();
    return shown === undefined ? 0 : Number.parseInt(shown, 10);
  }

  /** Opens a conversation and waits until its words stand there. */
  async open(subject: string): Promise<void> {
    await this.row(subject).click();
    await this.page.getByRole("heading", { level: 1, name: subject }).waitFor();
    await this.log.waitFor();
  }

  /** Looks for words in all conversations. */
  async search(words: string): Promise<void> {
    const box = this.page.getByRole("combobox", { name: /^Search patients/ });
    await box.fill(words);
    await box.press("Enter");
    await this.results.waitFor();
  }

  get results(): Locator {
    return this.page.getByRole("region", { name: "Search results" });
  }

  /** Writes a note that tells a colleague. */
  async mention(colleague: string, text: string): Promise<void> {
    await this.page.getByRole("tab", { name: "Internal note" }).click();
    const note = this.page.getByRole("textbox", { name: /^Internal note/ });
    await note.fill("");
    await note.pressSequentially(`@${colleague.slice(0, 4)}`);
    await this.page.getByRole("option", { name: new RegExp(colleague) }).first().waitFor();
    await note.press("Enter");
    await note.pressSequentially(text);
    await this.page.getByRole("button", { name: /^Save note/ }).click();
    await this.message(text).waitFor();
    await this.page.getByRole("tab", { name: "Reply to patient" }).click();
  }

  get log(): Locator {
    return this.page.getByRole("log", { name: "Messages" });
  }

  message(text: string): Locator {
    return this.log.getByRole("listitem").filter({ hasText: text }).last();
  }

  get status(): Locator {
    return this.page.locator(".thread-head__controls .status");
  }

  get reply(): Locator {
    return this.page.getByRole("textbox", { name: /^Message to / });
  }

  async assignToMe(): Promise<void> {
    await this.page.getByRole("button", { name: /^Assigned to:/ }).click();
    await this.page.getByRole("menuitemradio", { name: /Assign to me/ }).click();
  }

  /** Chooses files for the draft that is open, as the device's own dialog would. */
  async attach(...files: UploadFile[]): Promise<void> {
    await this.page.locator("input[data-files=any]").setInputFiles(files);
  }

  async writeNote(text: string, ...files: UploadFile[]): Promise<void> {
    await this.page.getByRole("tab", { name: "Internal note" }).click();
    await this.page.getByRole("textbox", { name: /^Internal note/ }).fill(text);
    if (files.length > 0) await this.attach(...files);
    await this.page.getByRole("button", { name: /^Save note/ }).click();
    await this.message(text).waitFor();
    await this.page.getByRole("tab", { name: "Reply to patient" }).click();
  }

  /** Puts a canned response into the reply by its title. */
  async insertCanned(title: string): Promise<void> {
    await this.page.getByRole("button", { name: "Canned response" }).click();
    const picker = this.page.getByRole("dialog", { name: "Canned responses" });
    await picker.getByRole("combobox").fill(title);
    await picker.getByRole("option", { name: title }).first().waitFor();
    await picker.getByRole("button", { name: "Insert" }).click();
  }

  get sendButton(): Locator {
    return this.page.getByRole("button", { name: /^Send to / });
  }

  async close(reason: string): Promise<void> {
    await this.page.getByRole("button", { name: "Close conversation" }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("textbox").fill(reason);
    await dialog.getByRole("button", { name: "Close conversation" }).click();
  }
}
