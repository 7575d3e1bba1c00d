import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import type {
  AttachmentLimits, OwnDraft, PortalMe, PortalPatient, PortalThread, PortalThreadList, PortalThreadPage, Practice, Refreshed,
} from "@/api/types";
import { startI18n } from "@/i18n";
import { limits } from "@/test/attachments";
import { server } from "@/test/server";
import { mockGet, mockPost, mockPut, noContent, problemResponse } from "@/test/typed";
import { createPortalRouter } from "../src/router";
import { resetSession } from "../src/session/session";
import en from "../src/words/first.en.json";
import { meOf, riverside } from "./fixtures";

export const AUTH = "/api/patient-portal/auth";
export const MESSAGES = "/api/patient-portal/messages";
export const EVENTS = "/api/patient-portal/events";

let started: Promise<void> | undefined;

/** A session that the refresh cookie stands for, acting for the first patient. */
export function signedIn(patients: PortalPatient[], actingFor?: string | null): void {
  server.use(
    mockPost<Refreshed & object>(`${AUTH}/refresh`, { accessToken: "token", expiresIn: 600 }, 200),
    mockGet<PortalMe & object>(`${AUTH}/me`, meOf(patients, actingFor)),
    http.post(`${AUTH}/logout`, noContent),
    http.get(EVENTS, () => problemResponse(503, "dependency_unavailable")),
  );
}

/** One open event stream. */
export interface LiveLine {
  token: string | null;
  activity: string | null;
  isOpen: () => boolean;
  say: (event: string, data: unknown) => void;
  end: () => void;
}

/** A server with event streams, each as long as its reader stays. */
export function liveLines(): LiveLine[] {
  const lines: LiveLine[] = [];
  server.use(
    http.get(EVENTS, ({ request }) => {
      let isOpen = true;
      let out: ReadableStreamDefaultController<Uint8Array> | undefined;
      const body = new ReadableStream<Uint8Array>({ start: (controller) => void (out = controller) });
      request.signal.addEventListener("abort", () => (isOpen = false));
      const say = (event: string, data: unknown) =>
        out?.enqueue(new TextEncoder().encode(`id: e${lines.length}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
      lines.push({
        token: request.headers.get("authorization"), activity: request.headers.get("x-threadwell-activity"),
        isOpen: () => isOpen, say, end: () => out?.close(),
      });
      say("ready", { resumed: true });
      return new HttpResponse(body, { headers: { "content-type": "text/event-stream" } });
    }),
  );
  return lines;
}

/** Nobody is signed in. */
export function signedOut(): void {
  server.use(
    http.post(`${AUTH}/refresh`, () => problemResponse(401, "unauthenticated")),
    http.get(EVENTS, () => problemResponse(503, "dependency_unavailable")),
  );
}

/** The list of conversations, and the requests that asked for it. */
export function lists(answer: (query: URLSearchParams, token: string) => PortalThread[]): URL[] {
  const asked: URL[] = [];
  server.use(
    http.get(`${MESSAGES}/threads`, ({ request }) => {
      const url = new URL(request.url);
      asked.push(url);
      const threads = answer(url.searchParams, request.headers.get("authorization") ?? "");
      const list: PortalThreadList = { threads, pagination: { limit: 20, nextCursor: null, hasMore: false } };
      return HttpResponse.json({ ...list });
    }),
  );
  return asked;
}

/** One conversation, as it stands at each request; and what was marked read. */
export function conversation(page: () => PortalThreadPage): { marked: unknown[]; headers: Headers[] } {
  const seen = { marked: [] as unknown[], headers: [] as Headers[] };
  server.use(
    http.get(`${MESSAGES}/threads/:id`, ({ request, params }) => {
      seen.headers.push(request.headers);
      const answer = page();
      return params["id"] === answer.thread.id ? HttpResponse.json({ ...answer }) : problemResponse(404, "not_found");
    }),
    http.post(`${MESSAGES}/threads/:id/mark-read`, async ({ request }) => {
      seen.marked.push(await request.json());
      return noContent();
    }),
  );
  return seen;
}

/** Nothing was begun before; what is kept now is let pass. */
function drafts() {
  return [`${MESSAGES}/draft`, `${MESSAGES}/threads/:id/draft`].flatMap((path) => [
    mockGet<OwnDraft & object>(path, { draft: null }),
    mockPut<null>(path, () => noContent()),
  ]);
}

/** Opens the portal at an address below `/portal`. */
export async function openPortal(path: string, practice: Partial<Practice> = {}) {
  resetSession();
  await (started ??= startI18n({ en, es: () => import("../src/words/es") }));
  server.use(
    mockGet<Practice & object>("/api/practices/riverside", { ...riverside, ...practice }),
    mockGet<AttachmentLimits & object>(`${MESSAGES}/attachment-limits`, limits),
    ...drafts(),
  );
  const history = createMemoryHistory({ initialEntries: [`/portal${path}`] });
  const router = createPortalRouter(history);
  const view = render(<RouterProvider router={router} />);
  return { ...view, router, history, user: userEvent.setup() };
}
