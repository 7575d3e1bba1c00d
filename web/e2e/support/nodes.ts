import { spawn, type ChildProcess } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { end, freePort, program, ROOT, startDemo, untilReady } from "./server.ts";

/** One server process. */
interface Node {
  port: number;
  process: ChildProcess;
}

/** The demo on two server processes that share its data, behind a proxy, as a practice with two machines would run it. */
export interface Nodes {
  /** Where the proxy answers. */
  baseUrl: string;
  /** Sends everything that comes from now on to one node alone, or to both by turns. */
  route: (to: "a" | "b" | "both") => void;
  /** Cuts every connection, as a network that goes away does. */
  cut: () => void;
  /** Kills the second node, with no chance to say goodbye. */
  killB: () => Promise<void>;
  /** Starts the second node again. */
  startB: () => Promise<void>;
  stop: () => Promise<void>;
}

export async function startNodes(): Promise<Nodes> {
  const proxy = new Proxy();
  const baseUrl = await proxy.listen();
  const port = await freePort();
  const demo = await startDemo(baseUrl, port, (home) => ["--settings", join(home, "settings.env")]);
  proxy.a = demo.port;
  const startB = async () => {
    const node = await serveBeside(demo.home, demo.port);
    proxy.b = node;
  };
  const killB = async () => {
    const node = proxy.b;
    proxy.b = undefined;
    if (node && node.process.exitCode === null) {
      const gone = new Promise((settle) => node.process.once("exit", settle));
      node.process.kill("SIGKILL");
      await gone;
    }
  };
  const stop = async () => {
    proxy.close();
    if (proxy.b) await end(proxy.b.process);
    await demo.stop();
  };
  try {
    await startB();
  } catch (error) {
    await stop();
    throw error;
  }
  return { baseUrl, route: (to) => (proxy.to = to), cut: () => proxy.cut(), killB, startB, stop };
}

/** A second server on the data of the demo in `home`. */
async function serveBeside(home: string, notPort: number): Promise<Node> {
  let port = await freePort();
  while (port === notPort) port = await freePort();
  const log = join(home, `node-${port}.log`);
  const settings = readFileSync(join(home, "settings.env"), "utf8").split("\n").filter(Boolean).map((line) => {
    const [, name = "", value = ""] = /^(\w+)='(.*)'$/.exec(line) ?? [];
    return [name, value] as const;
  });
  const child = spawn(program(), ["serve"], {
    cwd: ROOT,
    stdio: ["ignore", openSync(log, "w"), openSync(log, "a")],
    env: { ...process.env, ...Object.fromEntries(settings), THREADWELL_LISTEN: `127.0.0.1:${port}` },
  });
  await untilReady(`http://127.0.0.1:${port}`, child, log);
  return { port, process: child };
}

/** Hands requests on as they come and answers as they flow, streams included. */
class Proxy {
  a = 0;
  b: Node | undefined;
  to: "a" | "b" | "both" = "both";
  private turn = 0;
  private readonly server: Server = createServer((incoming, answer) => this.pass(incoming, answer));

  async listen(): Promise<string> {
    await new Promise<void>((settle) => this.server.listen(0, "127.0.0.1", settle));
    // "localhost" and not an address: browsers keep Secure cookies of plain http for this name alone.
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.server.closeAllConnections();
  }

  close(): void {
    this.server.close();
    this.cut();
  }

  private target(): number {
    if (this.to === "a" || !this.b) return this.a;
    if (this.to === "b") return this.b.port;
    this.turn += 1;
    return this.turn % 2 === 0 ? this.a : this.b.port;
  }

  private pass(incoming: IncomingMessage, answer: ServerResponse): void {
    const onward = request(
      { host: "127.0.0.1", port: this.target(), method: incoming.method, path: incoming.url, headers: incoming.headers },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        answer.flushHeaders();
        response.pipe(answer);
        response.on("error", () => answer.destroy());
      },
    );
    onward.on("error", () => answer.destroy());
    answer.on("close", () => onward.destroy());
    incoming.pipe(onward);
  }
}
