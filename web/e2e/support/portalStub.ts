import { createReadStream, existsSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { answersOf, type PortalState } from "./portalStubData.ts";

const DIST = fileURLToPath(new URL("../../dist/portal", import.meta.url));
const TYPES: Record<string, string> = {
  ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2",
};
/** What the real server says about its pages, as far as a page can feel it. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

/** A server for the portal alone, with made-up people: its pages are seen before the server has what they ask for. */
export interface PortalStub {
  baseUrl: string;
  /** What the pages sent, by "POST /path": the bodies in order. */
  sent: Map<string, unknown[]>;
  stop: () => Promise<void>;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": status >= 400 ? "application/problem+json" : "application/json", "cache-control": "no-store" });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function file(response: ServerResponse, path: string): void {
  const wanted = normalize(join(DIST, path.replace(/^\/portal/, "")));
  const found = wanted.startsWith(DIST) && extname(path) !== "" && existsSync(wanted) ? wanted : join(DIST, "index.html");
  response.writeHead(200, { "content-type": TYPES[extname(found)] ?? "application/octet-stream", "content-security-policy": POLICY });
  createReadStream(found).pipe(response);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const part of request) text += String(part);
  return text ? (JSON.parse(text) as unknown) : undefined;
}

/** Starts the stub on a free port, with the built portal at `/portal`. */
export async function startPortalStub(state: PortalState): Promise<PortalStub> {
  const sent = new Map<string, unknown[]>();
  const answers = answersOf(state);
  const answer = async (request: IncomingMessage, response: ServerResponse, path: string) => {
    const act = `${request.method} ${path}`;
    const body = await bodyOf(request);
    if (request.method !== "GET") sent.set(act, [...(sent.get(act) ?? []), body]);
    const found = answers.find(([pattern]) => pattern.test(act));
    const [status, said] = found ? found[1](body) : [404, { code: "not_found", status: 404, title: "", type: "about:blank" }];
    json(response, status, said);
  };
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://stub");
    if (pathname === "/api/patient-portal/events") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write('event: ready\ndata: {"resumed":true}\n\n');
    } else if (pathname.startsWith("/api/")) void answer(request, response, pathname);
    else file(response, pathname);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    baseUrl: `http://localhost:${(server.address() as AddressInfo).port}`,
    sent,
    stop: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}
