import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";

/** The checkout. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const START_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 30_000;

interface RunningServer {
  baseUrl: string;
  stop: () => Promise<void>;
}

/** A demo that runs in a directory of its own. */
export interface RunningDemo {
  home: string;
  port: number;
  stop: () => Promise<void>;
}

/** The product's program. */
export function program(): string {
  const path = process.env.THREADWELL_PROGRAM ?? join(ROOT, "target/debug/threadwell");
  if (!existsSync(path)) throw new Error(`${path} is missing: run "cargo build"`);
  return path;
}

/** Starts the demo as `make run` does, on a port and in a directory of its own; everything goes with it. */
async function startServer(settings: Record<string, string>): Promise<RunningServer> {
  const port = await freePort();
  // "localhost" and not an address: browsers keep Secure cookies of plain http for this name alone.
  const baseUrl = `http://localhost:${port}`;
  const { stop } = await startDemo(baseUrl, port, () => [], settings);
  return { baseUrl, stop };
}

/** Starts the demo for browsers that know it by an address, which may be that of a proxy. */
export async function startDemo(
  baseUrl: string,
  port: number,
  further: (home: string) => string[],
  settings: Record<string, string> = {},
): Promise<RunningDemo> {
  const path = program();
  const home = mkdtempSync(join(tmpdir(), "threadwell-e2e-"));
  // Started by root, the database runs under another account, which must get through.
  chmodSync(home, 0o755);
  const log = join(home, "server.log");
  const child = spawn(path, ["dev", ...further(home)], {
    cwd: ROOT,
    stdio: ["ignore", openSync(log, "w"), openSync(log, "a")],
    env: {
      ...process.env,
      ...settings,
      THREADWELL_LISTEN: `127.0.0.1:${port}`,
      THREADWELL_PUBLIC_ORIGIN: baseUrl,
      THREADWELL_DATA_DIR: join(home, "data"),
      THREADWELL_WEB_DIR: process.env.THREADWELL_WEB_DIR ?? join(ROOT, "web/dist"),
    },
  });
  const stop = async () => {
    await end(child);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await untilReady(`http://127.0.0.1:${port}`, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { home, port, stop };
}

/** Waits until a server answers, or says what it wrote. */
export async function untilReady(baseUrl: string, child: ChildProcess, log: string): Promise<void> {
  const deadline = Date.now() + START_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    const answer = await fetch(`${baseUrl}/api/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error(`the server did not become ready:\n${readFileSync(log, "utf8").slice(-4000)}`);
}

/** As Ctrl-C would; a server that does not go by itself is a fault. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<boolean>((settle) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      settle(false);
    }, STOP_WITHIN_MS);
    child.once("exit", () => {
      clearTimeout(timer);
      settle(true);
    });
  });
  child.kill("SIGINT");
  if (!(await gone)) throw new Error(`the server still ran ${STOP_WITHIN_MS / 1000} s after Ctrl-C`);
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? settle(address.port) : fail(new Error("no port"))));
    });
  });
}

/** Where the server of this file's tests answers. */
let here = process.env.E2E_BASE_URL ?? "";

export function baseUrl(): string {
  if (!here) throw new Error("no server runs for these tests: call useServer()");
  return here;
}

/**
 * A server for the tests of one file, or the one that E2E_BASE_URL names: what files do to their people, and what is
 * mailed of it, is nothing to each other.
 */
export function useServer(settings: Record<string, string> = {}): void {
  let server: RunningServer | undefined;
  beforeAll(async () => {
    if (here) return;
    server = await startServer(settings);
    here = server.baseUrl;
  });
  afterAll(() => server?.stop());
}
