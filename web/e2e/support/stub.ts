import { createReadStream, existsSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { ADMIN_OPERATIONS, adminAnswer, type AdminScale } from "./stubAdmin.ts";
import { detailOf, ME, messagePage, STAFF, threadPage, type Scale } from "./stubData.ts";

const DIST = fileURLToPath(new URL("../../dist/staff", import.meta.url));
const TYPES: Record<string, string> = {
  ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2",
};

/** A server that answers at once from made-up data, so that what is measured is the page alone. */
export interface Stub {
  baseUrl: string;
  /** Tells every open line of an event. */
  say: (event: string, data: object) => void;
  stop: () => Promise<void>;
}

/** What a test answers itself, before the stub does. */
export interface OwnAnswer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}
/** By "METHOD /path"; `undefined` leaves the answer to the stub. */
export type OwnAnswers = (call: string, body: string) => OwnAnswer | undefined;

/** As strict as the server's own: what this forbids does not work there either. */
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

function json(response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers });
  response.end(status === 204 ? undefined : JSON.stringify(body ?? null));
}

function file(response: ServerResponse, path: string): void {
  const wanted = normalize(join(DIST, path));
  const found = wanted.startsWith(DIST) && extname(path) !== "" && existsSync(wanted) ? wanted : join(DIST, "index.html");
  response.writeHead(200, { "content-type": TYPES[extname(found)] ?? "application/octet-stream", "content-security-policy": POLICY });
  createReadStream(found).pipe(response);
}

const none = { count: 0, capped: false };
const many = { count: 99, capped: true };
const counts = {
  open: many, mine: none, myTeams: none, unassigned: many, urgent: none, needsReply: many, waitingProvider: none,
  waitingPatient: none, unread: { count: 12, capped: false },
};

/** The answers that do not depend on what is asked. */
const fixed: Record<string, unknown> = {
  "POST /api/auth/refresh": { accessToken: "stub", expiresIn: 600 },
  "GET /api/auth/me": ME,
  "GET /api/staff": { staff: STAFF },
  "GET /api/teams": { teams: [] },
  "GET /api/canned-responses": { cannedResponses: [] },
  "GET /api/views": { views: [] },
  "GET /api/notifications": { notifications: [], unread: none, pagination: { limit: 20, nextCursor: null, hasMore: false } },
  "GET /api/patient-messages/statistics": { conversations: many, unreadMessages: many, uniquePatients: many, messages: many },
  "GET /api/patient-messages/search/recent": { recent: [] },
  "GET /api/patient-messages/inbox-counts": counts,
  "GET /api/patient-messages/attachment-limits": { maxFileBytes: 10_485_760, maxFilesPerMessage: 20, kinds: [] },
};

function answer(request: IncomingMessage, response: ServerResponse, url: URL, scale: Scale): void {
  const known = fixed[`${request.method} ${url.pathname}`];
  const thread = /^\/api\/patient-messages\/threads\/([0-9a-f-]{36})(\/.+)?$/.exec(url.pathname);
  if (known) json(response, known);
  else if (url.pathname === "/api/patient-messages/threads") json(response, threadPage(url.searchParams, scale));
  else if (thread?.[2] === "/presence") json(response, { viewers: [] });
  else if (thread?.[2] === "/draft" && request.method === "GET") json(response, { reply: null, note: null });
  else if (thread?.[2]) response.writeHead(204).end();
  else if (thread) json(response, { thread: detailOf(thread[1] ?? ""), ...messagePage(url.searchParams, scale) });
  else json(response, { code: "not_found", status: 404, title: "", type: "about:blank" }, 404);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** Answers an administrator, where there is one; tells whether it did. */
function answerAdmin(request: IncomingMessage, response: ServerResponse, url: URL, scale: AdminScale, body: string): boolean {
  if (url.pathname === "/api/auth/me") {
    json(response, { ...ME, mayDo: [...ME.mayDo, ...ADMIN_OPERATIONS] });
    return true;
  }
  const found = adminAnswer(request.method ?? "GET", url, body, scale);
  if (found === null) response.writeHead(204).end();
  else if (found !== undefined) json(response, found);
  return found !== undefined;
}

/** Starts the stub on a free port, with the built staff app at `/`; `own` answers first, `admin` lets an administrator in. */
export async function startStub(scale: Scale, own: OwnAnswers = () => undefined, admin?: AdminScale): Promise<Stub> {
  const lines = new Set<ServerResponse>();
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://stub");
    if (url.pathname === "/api/events") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write('event: ready\ndata: {"resumed":true}\n\n');
      lines.add(response);
      response.on("close", () => lines.delete(response));
    } else if (url.pathname.startsWith("/api/"))
      void bodyOf(request).then((body) => {
        const given = own(`${request.method} ${url.pathname}`, body);
        if (given) json(response, given.body, given.status, given.headers);
        else if (!admin || !answerAdmin(request, response, url, admin, body)) answer(request, response, url, scale);
      });
    else file(response, url.pathname);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    baseUrl: `http://localhost:${(server.address() as AddressInfo).port}`,
    say: (event, data) => lines.forEach((line) => line.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)),
    stop: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}
