import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRouter, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { RequestHandler } from "msw";
import type {
  AttachmentLimits, CannedResponseList, InboxCounts, NotificationList, RecentSearches, SearchSettings,
  SearchSuggestions, StaffDrafts, StaffList, StaffMe, StaffMessage, StaffSearchResults, StaffThreadDetail, StaffThreadList,
  StaffThreadPage, Statistics, TeamList, ThreadViewers, ViewList,
} from "@/api/types";
import { startI18n } from "@/i18n";
import { setPreference } from "@/theme/preferences";
import { limits } from "@/test/attachments";
import { server } from "@/test/server";
import { mockGet, mockPost, mockPut, noContent } from "@/test/typed";
import { routeTree } from "../app/router";
import { api, queryClient, setSessionForTest } from "../app/session";
import en from "../words/first.en.json";
import { liveLine } from "./liveLine";
import { detail, me, message, page, thread, THREAD } from "./fixtures";

const B = "/api/patient-messages";
const none = { count: 0, capped: false };
const counts: InboxCounts = {
  open: { count: 3, capped: false }, mine: none, myTeams: none, unassigned: none, urgent: none, needsReply: none,
  waitingProvider: none, waitingPatient: none, unread: none,
};

interface Scene {
  path?: string;
  me?: StaffMe;
  thread?: StaffThreadDetail;
  messages?: StaffMessage[];
  /** Answers that stand before the page opens. */
  handlers?: RequestHandler[];
}

/** The server as most tests need it; a test lays its own answers over it. */
export function mockServer(scene: Scene = {}): void {
  const shown = page(scene.thread ?? detail(), scene.messages ?? [message("m1"), message("m2")]);
  server.use(
    mockGet<StaffThreadPage>(`${B}/threads/:id`, shown),
    mockGet<StaffThreadList>(`${B}/threads`, { threads: [thread()], pagination: { limit: 50, nextCursor: null, hasMore: false } }),
    mockGet<AttachmentLimits & object>(`${B}/attachment-limits`, limits),
    mockGet<InboxCounts>(`${B}/inbox-counts`, counts),
    mockGet<StaffDrafts & object>(`${B}/threads/:id/draft`, { reply: null, note: null }),
    mockPut<null>(`${B}/threads/:id/draft`, () => noContent()),
    mockPut<ThreadViewers & object>(`${B}/threads/:id/presence`, { viewers: [] }),
    liveLine.handler,
    mockGet<Statistics>(`${B}/statistics`, { conversations: { count: 1284, capped: false }, unreadMessages: { count: 99, capped: true }, uniquePatients: { count: 611, capped: false }, messages: { count: 10_000, capped: true } }),
    mockGet<ViewList>("/api/views", { views: [] }),
    mockGet<NotificationList>("/api/notifications", { notifications: [], pagination: { limit: 30, nextCursor: null, hasMore: false }, unread: none }),
    mockGet<RecentSearches>(`${B}/search/recent`, { recent: [] }),
    mockGet<SearchSuggestions>(`${B}/search/suggestions`, { suggestions: [] }),
    mockGet<StaffSearchResults>(`${B}/search`, {
      results: [], conversations: [], hasMoreConversations: false, conversationsCursor: null, pagination: { limit: 20, nextCursor: null, hasMore: false }, understood: { terms: [], filters: [], ignored: [] }, bodySearch: true,
    }),
    mockPost<null>(`${B}/search/recent`, () => noContent()),
    mockGet<SearchSettings>("/api/practice/search", { bodySearch: true, index: { state: "ready", indexed: 12 } }),
    mockPost<null>(`${B}/threads/:id/mark-read`, () => noContent()),
    mockGet<StaffList>("/api/staff", { staff: [{ id: "s2", fullName: "Dr. Amara Okafor", title: "MD", role: "provider", categories: ["medical"] }] }),
    mockGet<TeamList>("/api/teams", { teams: [{ id: "team1", name: "Triage", categories: ["medical"], members: [] }] }),
    mockGet<CannedResponseList>("/api/canned-responses", {
      cannedResponses: [
        { id: "c1", title: "Need More Information", category: "general", responseText: "Please provide [specific details needed].", isActive: true, updatedAt: "2026-01-01T00:00:00.000Z", version: 1 },
      ],
    }),
  );
}

let started = false;

/** The whole app at one address, signed in. */
export async function renderApp(scene: Scene = {}) {
  if (!started) await startI18n({ en, es: () => import("../words/es") });
  started = true;
  setPreference("shortcuts", "on");
  mockServer(scene);
  server.use(...(scene.handlers ?? []));
  queryClient.clear();
  api.setAccessToken("token");
  setSessionForTest({ kind: "signed-in", me: scene.me ?? me() });
  const history = createMemoryHistory({ initialEntries: [scene.path ?? `/inbox/open/${THREAD}`] });
  const router = createRouter({ routeTree, history });
  const view = render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return { ...view, user: userEvent.setup(), router };
}
