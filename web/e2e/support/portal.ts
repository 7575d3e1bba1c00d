import type { Locator, Page } from "playwright-core";
import type { UploadFile } from "./files.ts";
import { PASSWORD, PRACTICE } from "./people.ts";

/** What a patient does in the portal, in their own words. */
export class Portal {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async signIn(email: string, password = PASSWORD): Promise<void> {
    await this.page.goto(`/portal/${PRACTICE}`);
    await this.page.getByRole("textbox", { name: "E-mail" }).fill(email);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
    await this.page.getByRole("heading", { level: 1, name: /messages|Who are you here for/ }).waitFor();
  }

  async startWriting(): Promise<void> {
    await this.page.getByRole("link", { name: "Write a new message" }).first().click();
    await this.page.getByRole("heading", { level: 1, name: /^Write to the care team/ }).waitFor();
  }

  /** Chooses files, as the device's own dialog would. */
  async attach(...files: UploadFile[]): Promise<void> {
    await this.page.locator("input[data-files=any]").setInputFiles(files);
  }

  async writeNew(kind: string, subject: string, text: string, ...files: UploadFile[]): Promise<void> {
    await this.page.getByText(kind, { exact: true }).first().click();
    await this.page.getByRole("textbox", { name: "Subject" }).fill(subject);
    await this.page.getByRole("textbox", { name: "Your message" }).fill(text);
    if (files.length > 0) await this.attach(...files);
    await this.page.getByRole("button", { name: "Send message" }).click();
    await this.page.getByRole("heading", { level: 1, name: subject }).waitFor();
  }

  card(subject: string): Locator {
    return this.page.getByRole("link").filter({ hasText: subject }).first();
  }

  async open(subject: string): Promise<void> {
    await this.card(subject).click();
    await this.page.getByRole("heading", { level: 1, name: subject }).waitFor();
    await this.log.waitFor();
  }

  /** Looks for words in one's own messages. */
  async search(words: string): Promise<void> {
    await this.toAllMessages();
    await this.page.getByRole("searchbox").fill(words);
    await this.page.keyboard.press("Enter");
  }

  get log(): Locator {
    return this.page.getByRole("log", { name: "Messages" });
  }

  message(text: string): Locator {
    return this.log.getByRole("listitem").filter({ hasText: text }).last();
  }

  get status(): Locator {
    return this.page.locator(".thread-top .status");
  }

  async reply(text: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "Write a reply" }).fill(text);
    await this.page.getByRole("button", { name: "Send reply" }).click();
    await this.message(text).waitFor();
  }

  async toAllMessages(): Promise<void> {
    await this.page.getByRole("link", { name: "All messages" }).first().click();
    await this.page.getByRole("heading", { level: 1, name: /messages$/ }).waitFor();
  }
}
