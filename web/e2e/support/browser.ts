import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserContext, type Page, type Request } from "playwright-core";
import { baseUrl as ownServer } from "./server.ts";

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Chromium asks for updates, lists and accounts on its own; a test machine has no such network. */
const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-features=OptimizationHints,MediaRouter,Translate",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

export type Theme = "light" | "dark";
export interface WindowOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  locale?: string;
  /** Where the server answers, if not at the server of the file. */
  baseUrl?: string;
}

export async function launch(): Promise<Browser> {
  if (!existsSync(EXECUTABLE)) throw new Error(`${EXECUTABLE} is missing: run "make setup"`);
  // Chromium refuses its sandbox to root.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: EXECUTABLE, args: [...QUIET, ...sandbox] });
}

/** One person's window, with everything that went wrong in it. */
export interface Window {
  page: Page;
  context: BrowserContext;
  /** Console errors, uncaught exceptions, refused loads: empty at the end of every test. */
  complaints: string[];
  close(): Promise<void>;
}

export async function openWindow(browser: Browser, options: WindowOptions = {}): Promise<Window> {
  const baseUrl = options.baseUrl ?? ownServer();
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    colorScheme: options.theme ?? "light",
    locale: options.locale ?? "en-US",
    timezoneId: "America/New_York",
    reducedMotion: "reduce",
    hasTouch: (options.width ?? 1440) < 600,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  follow(page);
  watch(page, complaints, baseUrl);
  return { page, context, complaints, close: () => context.close() };
}

/** What each page still waits for. A stream of events never ends and is waited for by nobody. */
const awaited = new WeakMap<Page, Set<Request>>();
const STREAM = /\/events$/;
const QUIET_MS = 300;

function follow(page: Page): void {
  const requests = new Set<Request>();
  awaited.set(page, requests);
  page.on("request", (request) => STREAM.test(new URL(request.url()).pathname) || requests.add(request));
  page.on("requestfinished", (request) => requests.delete(request));
  page.on("requestfailed", (request) => requests.delete(request));
}

/** Waits until a page has had all its answers for a moment. */
export async function settled(page: Page): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (let quietSince = Date.now(); Date.now() - quietSince < QUIET_MS; ) {
    if (Date.now() > deadline) throw new Error("the page does not come to rest");
    if ((awaited.get(page)?.size ?? 0) > 0) quietSince = Date.now();
    await page.waitForTimeout(50);
  }
}

/**
 * A refused sign-in or a look at what is gone is an answer: neither the browser's own line about it nor React's
 * about the error that the page then shows is a fault.
 */
const EXPECTED_LINE = /^(Failed to load resource: the server responded with a status of 4\d\d|ProblemError: not_found)/;

function watch(page: Page, complaints: string[], baseUrl: string): void {
  page.on("console", (message) => {
    if (message.type() !== "error" && !/Content Security Policy/i.test(message.text())) return;
    if (!EXPECTED_LINE.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    const isLocal = url.origin === baseUrl || ["blob:", "data:"].includes(url.protocol);
    if (!isLocal) complaints.push(`a request left for ${url.origin}`);
  });
}
