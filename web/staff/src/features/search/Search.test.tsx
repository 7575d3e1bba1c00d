import { focusManager, onlineManager } from "@tanstack/react-query";
import { act, screen, waitFor, within } from "@testing-library/react";
import { http } from "msw";
import { afterEach, expect, it, vi } from "vitest";
import type { FoundConversations, Practice, RecentSearches, SearchSettings, SearchSuggestions, StaffHit, StaffSearchResults } from "@/api/types";
import type { Language } from "@/i18n";
import { server } from "@/test/server";
import { mockGet, mockPost, noContent, problemResponse } from "@/test/typed";
import { setPreference } from "@/theme/preferences";
import { queryClient } from "../../app/session";
import { runSearch } from "../../data/searchState";
import { thread, THREAD } from "../../test/fixtures";
import { renderApp } from "../../test/renderApp";

const SEARCH = "/api/patient-messages/search";
const MESSAGE = "00000000-0000-7000-8000-0000000000b1";
const NOTE = "00000000-0000-7000-8000-0000000000b2";

const hit = (id: string, isInternalNote: boolean, senderName: string): StaffHit => ({
  thread: thread(),
  message: { id, senderType: isInternalNote ? "staff" : "patient", senderName, sentAt: "2026-03-12T09:42:00.000Z", isInternalNote, hasAttachments: false },
  snippet: [{ text: "put the ", isHit: false }, { text: "cream", isHit: true }, { text: " on", isHit: false }],
  subject: [{ text: "Eyelid swelling", isHit: false }],
});

const answer = (change: Partial<StaffSearchResults> = {}): StaffSearchResults => ({
  results: [hit(MESSAGE, false, "Ana Silva"), hit(NOTE, true, "Dr. Amara Okafor")], conversations: [], hasMoreConversations: false, conversationsCursor: null,
  pagination: { limit: 20, nextCursor: null, hasMore: false }, understood: { terms: [], filters: [], ignored: [] }, bodySearch: true, didYouMean: null, ...change,
});

/** Every query that was searched for. */
function recordSearches(found: StaffSearchResults = answer()): string[] {
  const asked: string[] = [];
  server.use(
    mockGet<StaffSearchResults>(SEARCH, (request) => {
      asked.push(new URL(request.url).searchParams.get("q") ?? "");
      return found;
    }),
  );
  return asked;
}

afterEach(() => {
  // A search outlives the page that shows it, in memory.
  runSearch("", "");
  setPreference("language", "en");
  vi.useRealTimers();
});

const box = () => screen.findByRole("combobox", { name: /^Search patients/ });

it("opens a message where it stands, and no word of the search reaches the address", async () => {
  const view = await renderApp({ path: "/inbox/open" });
  const asked = recordSearches();
  await view.user.type(await box(), "cream{Enter}");
  const found = await screen.findByRole("group", { name: "Messages" });
  expect(asked).toEqual(["cream"]);
  expect(within(found).getAllByText("cream")[0]?.tagName).toBe("MARK");
  const [message] = within(found).getAllByRole("link");
  await view.user.click(message as HTMLElement);
  await waitFor(() => expect(view.router.state.location.pathname).toBe(`/inbox/open/${THREAD}`));
  expect(view.router.state.location.search).toEqual({ message: MESSAGE });
  expect(view.router.state.location.href).not.toContain("cream");
  expect(JSON.stringify(view.router.history.location.state)).not.toContain("cream");
  view.router.history.back();
  await waitFor(() => expect(within(screen.getByRole("group", { name: "Messages" })).getAllByRole("link")[0]).toHaveFocus());
});

const onward = (nextCursor: string | null) => ({ pagination: { limit: 20, nextCursor, hasMore: nextCursor !== null } });

it("goes on by itself after pages that hold nothing, and says that nothing was found at the end alone", async () => {
  const { user } = await renderApp({ path: "/inbox/open" });
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  server.use(
    mockGet<StaffSearchResults>(SEARCH, async (request) => {
      const cursor = new URL(request.url).searchParams.get("cursor");
      if (cursor === "2") await held;
      return answer({ results: [], ...onward(cursor === null ? "1" : cursor === "1" ? "2" : null) });
    }),
  );
  await user.type(await box(), "cream{Enter}");
  expect(await screen.findByText("Still searching older messages…")).toHaveAttribute("role", "status");
  expect(screen.queryByRole("heading", { name: "Nothing was found" })).not.toBeInTheDocument();
  letGo();
  expect(await screen.findByRole("heading", { name: "Nothing was found" })).toBeInTheDocument();
});

it("stops when told, and goes on past short pages when asked", async () => {
  const { user } = await renderApp({ path: "/inbox/open" });
  let pages = 0;
  let found: StaffHit[] = [];
  server.use(
    mockGet<StaffSearchResults>(SEARCH, () => {
      pages += 1;
      return answer({ results: found, ...onward(String(pages)) });
    }),
  );
  await user.type(await box(), "cream{Enter}");
  await user.click(await screen.findByRole("button", { name: "Stop searching" }));
  expect(await screen.findByRole("heading", { name: "Nothing found so far" })).toBeInTheDocument();
  const more = await screen.findByRole("button", { name: "Show more" });
  expect(more).toHaveFocus();
  const before = pages;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(pages).toBe(before);
  found = [hit(MESSAGE, false, "Ana Silva")];
  await user.click(more);
  expect(await screen.findByText("1 result")).toBeInTheDocument();
  // A short page is an end of nothing: what comes after it is one press away.
  found = [hit(NOTE, true, "Dr. Amara Okafor")];
  await user.click(screen.getByRole("button", { name: "Show more" }));
  expect(await screen.findByText("2+ results")).toBeInTheDocument();
});

it("asks for no page again when somebody comes back to the tab", async () => {
  const { user } = await renderApp({ path: "/inbox/open" });
  const cursors: (string | null)[] = [];
  server.use(
    mockGet<StaffSearchResults>(SEARCH, (request) => {
      const cursor = new URL(request.url).searchParams.get("cursor");
      cursors.push(cursor);
      return answer({ results: cursor === "1" ? [hit(MESSAGE, false, "Ana Silva")] : [], ...onward(cursor === null ? "1" : null) });
    }),
  );
  await user.type(await box(), "cream{Enter}");
  expect(await screen.findByText("1 result")).toBeInTheDocument();
  await queryClient.invalidateQueries({ queryKey: ["search", "results"], refetchType: "none" });
  act(() => {
    for (const is of [false, true]) {
      focusManager.setFocused(is);
      onlineManager.setOnline(is);
    }
    focusManager.setFocused(undefined);
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(cursors).toEqual([null, "1"]);
});

it("says of a note that it is one before anything else", async () => {
  const { user } = await renderApp({ path: "/inbox/open" });
  recordSearches();
  await user.type(await box(), "cream{Enter}");
  const note = await screen.findByRole("link", { name: /^Internal note/ });
  expect(note).toHaveTextContent("Dr. Amara Okafor");
});

it("removes a filter by its chip and tells why a part was left out", async () => {
  const { user } = await renderApp({ path: "/inbox/open" });
  const asked = recordSearches(
    answer({
      understood: {
        terms: [], filters: [{ name: "category", value: "medical", label: "medical" }],
        ignored: [{ text: "statuz:open", reason: "unknown_filter" }],
      },
    }),
  );
  await user.type(await box(), "cream category:medical statuz:open{Enter}");
  expect(await screen.findByText(/there is no filter of this name/)).toHaveTextContent("statuz:open");
  await user.click(screen.getByRole("button", { name: "Remove filter Category: Medical" }));
  await waitFor(() => expect(asked.at(-1)).toBe("cream statuz:open"));
  expect(await box()).toHaveValue("cream statuz:open");
});

/** Filters as the server tells them: the value stands as it was typed, people and teams besides by their names. */
const EVERY_FILTER = [
  { name: "from", value: "me", label: "me" }, { name: "assigned", value: "me", label: "me" }, { name: "assigned", value: "none", label: "none" },
  { name: "assigned", value: "mine", label: "mine" }, { name: "assigned", value: "okafor", label: "Dr. Amara Okafor" }, { name: "status", value: "in-progress", label: "in-progress" },
  { name: "category", value: "medical", label: "medical" }, { name: "before", value: "2026-03-31", label: "2026-03-31" }, { name: "after", value: "2026-03-01", label: "2026-03-01" },
  { name: "has", value: "attachment", label: "attachment" }, { name: "is", value: "archived", label: "archived" }, { name: "in", value: "messages", label: "messages" },
];

it.each<[Language, string[]]>([
  ["en", ["Written by me", "Assigned to me", "Assigned to nobody", "Assigned to my teams", "Assigned to Dr. Amara Okafor", "Status: In progress", "Category: Medical", "Before March 31, 2026", "Since March 1, 2026", "With a file", "Archived", "No internal notes"]],
  ["es", ["Escrito por mí", "Asignada a mí", "Asignada a nadie", "Asignada a mis equipos", "Asignada a Dr. Amara Okafor", "Estado: En curso", "Categoría: Médica", "Antes del 31 de marzo de 2026", "Desde el 1 de marzo de 2026", "Con un archivo", "Archivada", "Sin notas internas"]],
])("reads every filter in words, each unlike the others (%s)", async (language, words) => {
  const { user } = await renderApp({ path: "/inbox/open" });
  recordSearches(answer({ understood: { terms: [], filters: EVERY_FILTER, ignored: [] } }));
  await user.type(await box(), "cream{Enter}");
  await screen.findByRole("group", { name: "Filters understood" });
  act(() => setPreference("language", language));
  const chips = await screen.findByRole("group", { name: language === "en" ? "Filters understood" : "Filtros entendidos" });
  expect([...chips.children].map((chip) => chip.textContent)).toEqual(words);
});

it("suggests the values of a filter in words, with what each types", async () => {
  const { user } = await renderApp({ path: "/inbox/open" });
  server.use(
    mockGet<SearchSuggestions>(`${SEARCH}/suggestions`, {
      suggestions: [
        { kind: "value", query: "cream assigned:me ", label: "me", detail: null },
        { kind: "value", query: "cream assigned:mine ", label: "mine", detail: null },
      ],
    }),
  );
  await user.type(await box(), "cream assigned:m");
  expect(await screen.findByRole("option", { name: /^Assigned to me\s*assigned:me$/ })).toBeInTheDocument();
  expect(screen.getByRole("option", { name: /^Assigned to my teams\s*assigned:mine$/ })).toBeInTheDocument();
});

it.each<[Language, string, string[]]>([
  ["en", "before:", ["Before March 11, 2026today", "Before March 4, 2026a week ago", "Before February 11, 2026a month ago", "Before March 11, 2025a year ago"]],
  ["es", "cream AFTER:2026-03", ["Desde el 11 de marzo de 2026hoy", "Desde el 4 de marzo de 2026hace una semana"]],
])("suggests days by the practice's calendar where a date is asked for (%s)", async (language, typed, words) => {
  // After midnight in UTC; in New York it is still the day before.
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-12T03:00:00Z") });
  const { user } = await renderApp({ path: "/inbox/open", handlers: [mockGet<Pick<Practice, "timeZone">>("/api/practices/riverside", { timeZone: "America/New_York" })] });
  const asked = recordSearches();
  const entry = await box();
  act(() => setPreference("language", language));
  await user.type(entry, typed);
  await waitFor(() => expect(screen.getAllByRole("option").map(({ textContent }) => textContent)).toEqual(words));
  await user.keyboard("{ArrowDown}{Enter}");
  await waitFor(() => expect(asked).toEqual([`${typed.startsWith("cream") ? "cream after" : "before"}:2026-03-11 `]));
});

it("chooses suggestions by arrows, completes by Tab and clears by Escape", async () => {
  const { user } = await renderApp({ path: "/inbox/open" });
  const asked = recordSearches();
  server.use(
    mockGet<SearchSuggestions>(`${SEARCH}/suggestions`, {
      suggestions: [
        { kind: "operator", query: "category:", label: "category:", detail: null },
        { kind: "word", query: "cream", label: "cream", detail: null },
      ],
    }),
  );
  await user.type(await box(), "c");
  await screen.findByRole("option", { name: /^category:/ });
  await user.keyboard("{Tab}");
  expect(await box()).toHaveValue("category:");
  expect(asked).toEqual([]);
  await user.clear(await box());
  await user.type(await box(), "c");
  await screen.findByRole("option", { name: /^cream/ });
  await user.keyboard("{ArrowDown}{ArrowDown}");
  expect(screen.getByRole("option", { name: /^cream/ })).toHaveAttribute("aria-selected", "true");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(asked).toEqual(["cream"]));
  await screen.findByRole("group", { name: "Messages" });
  await user.keyboard("{Escape}");
  expect(await box()).toHaveValue("");
  expect(screen.queryByRole("group", { name: "Messages" })).not.toBeInTheDocument();
});

it("keeps among the recent searches what was understood, and nothing half typed", async () => {
  const kept: unknown[] = [];
  const { user } = await renderApp({ path: "/inbox/open" });
  const ignored = { text: "before:202", reason: "unknown_value" as const };
  server.use(
    mockGet<StaffSearchResults>(SEARCH, (request) =>
      new URL(request.url).searchParams.get("q") === "cream"
        ? answer({ understood: { terms: [{ text: "cream", isPhrase: false, isExcluded: false }], filters: [], ignored: [] } })
        : answer({ results: [], understood: { terms: [], filters: [], ignored: [ignored] } }),
    ),
    http.post(`${SEARCH}/recent`, async ({ request }) => {
      kept.push(await request.json());
      return noContent();
    }),
  );
  await user.type(await box(), "before:202{Enter}");
  await screen.findByText("“before:202”");
  await user.clear(await box());
  await user.type(await box(), "cream{Enter}");
  await waitFor(() => expect(kept).toEqual([{ query: "cream" }]));
});

it("closes by Escape from among the results", async () => {
  const { user } = await renderApp({ path: "/inbox/open" });
  recordSearches();
  await user.type(await box(), "cream{Enter}");
  await screen.findByRole("group", { name: "Messages" });
  screen.getByRole("button", { name: "Save this search" }).focus();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("region", { name: "Search results" })).not.toBeInTheDocument());
  expect(await box()).toHaveValue("");
});

it("offers recent searches in an empty box and forgets them when told", async () => {
  const { user } = await renderApp({ path: "/inbox/open" });
  let cleared = false;
  server.use(
    mockGet<RecentSearches>(`${SEARCH}/recent`, () => ({ recent: cleared ? [] : [{ id: "r1", query: "eyelid", at: "2026-03-12T09:42:00.000Z" }] })),
    http.delete(`${SEARCH}/recent`, () => {
      cleared = true;
      return noContent();
    }),
  );
  await user.click(await box());
  expect(await screen.findByRole("option", { name: /^eyelid/ })).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Clear recent searches" }));
  await waitFor(() => expect(screen.queryByRole("option", { name: /^eyelid/ })).not.toBeInTheDocument());
  expect(cleared).toBe(true);
});

it("says what is missing while message texts are not searched or the index is being built", async () => {
  const first = await renderApp({ path: "/inbox/open" });
  recordSearches(answer({ bodySearch: false, results: [] }));
  await first.user.type(await box(), "cream{Enter}");
  expect(await screen.findByText(/Your practice has switched off search in message texts/)).toBeInTheDocument();
  first.unmount();
  const { user } = await renderApp({ path: "/inbox/open" });
  recordSearches();
  server.use(mockGet<SearchSettings>("/api/practice/search", { bodySearch: true, index: { state: "building", indexed: 5 } }));
  await user.type(await box(), "salve{Enter}");
  expect(await screen.findByText(/Older messages may be missing here/)).toBeInTheDocument();
});

it("keeps what was typed when the search fails, and tries again", async () => {
  const { user } = await renderApp({ path: "/inbox/open" });
  server.use(mockGet<StaffSearchResults>(SEARCH, () => problemResponse(422, "unexpected")));
  await user.type(await box(), "cream{Enter}");
  expect(await screen.findByText("The search did not work")).toBeInTheDocument();
  expect(await box()).toHaveValue("cream");
  recordSearches();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("group", { name: "Messages" })).toBeInTheDocument();
});

it("loads the next page of results", async () => {
  const { user } = await renderApp({ path: "/inbox/open" });
  const cursors: (string | null)[] = [];
  server.use(
    mockGet<StaffSearchResults>(SEARCH, (request) => {
      const cursor = new URL(request.url).searchParams.get("cursor");
      cursors.push(cursor);
      const isFirst = cursor === null;
      return answer({
        results: [hit(isFirst ? MESSAGE : NOTE, false, isFirst ? "Ana Silva" : "Li Wei")],
        pagination: { limit: 20, nextCursor: isFirst ? "more" : null, hasMore: isFirst },
      });
    }),
  );
  await user.type(await box(), "cream{Enter}");
  await user.click(await screen.findByRole("button", { name: "Show more" }));
  await waitFor(() => expect(screen.getAllByRole("link", { name: /put the cream on/ })).toHaveLength(2));
  expect(cursors).toEqual([null, "more"]);
  await waitFor(() => expect(screen.getAllByRole("link", { name: /put the cream on/ })[1]).toHaveFocus());
});

it("shows further conversations when they are asked for, in the walk too", async () => {
  const { user } = await renderApp({ path: "/inbox/open" });
  const [second, third] = ["00000000-0000-7000-8000-0000000000c2", "00000000-0000-7000-8000-0000000000c3"];
  recordSearches(answer({ results: [], conversations: [thread()], hasMoreConversations: true, conversationsCursor: "one" }));
  const cursors: (string | null)[] = [];
  server.use(
    mockGet<FoundConversations>(`${SEARCH}/conversations`, (request) => {
      const cursor = new URL(request.url).searchParams.get("cursor");
      cursors.push(cursor);
      const next = cursor === "one" ? "two" : null;
      return { conversations: cursor === "one" ? [thread(), thread({ id: second })] : [thread({ id: third })], pagination: { limit: 20, nextCursor: next, hasMore: next !== null } };
    }),
  );
  await user.type(await box(), "silva{Enter}");
  expect(await screen.findByRole("heading", { name: "1 result" })).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Show more conversations" }));
  const links = () => within(screen.getByRole("group", { name: "Conversations" })).getAllByRole("link");
  await waitFor(() => expect(links()).toHaveLength(2));
  await user.click(screen.getByRole("button", { name: "Show more conversations" }));
  await waitFor(() => expect(links()).toHaveLength(3));
  expect(cursors).toEqual(["one", "two"]);
  expect(screen.getByRole("heading", { name: "3 results" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Show more conversations" })).not.toBeInTheDocument();
});

it("tells of a name that nobody has that nothing is found for it", async () => {
  const { user } = await renderApp({ path: "/inbox/open" });
  recordSearches(answer({ results: [], understood: { terms: [], filters: [], ignored: [{ text: "from:xavier", reason: "nobody" }] } }));
  await user.type(await box(), "from:xavier{Enter}");
  expect(await screen.findByText(/there is nobody of this name/)).toHaveTextContent("from:xavier");
  expect(screen.getByRole("heading", { name: "No results" })).toBeInTheDocument();
});

it("tells of a filter without a value what it needs, looks for nothing and remembers nothing", async () => {
  const remembered = vi.fn();
  const { user } = await renderApp({ path: "/inbox/open", handlers: [mockPost<null>("/api/patient-messages/search/recent", () => { remembered(); return noContent(); })] });
  recordSearches(answer({ results: [], understood: { terms: [], filters: [], ignored: [{ text: "from:", reason: "unknown_value" }] } }));
  await user.type(await box(), "from:{Enter}");
  expect(await screen.findByText(/needs a value, for instance from:me/)).toBeInTheDocument();
  expect(screen.getByRole("heading", { name: "Nothing to search for" })).toBeInTheDocument();
  expect(screen.queryByText("Nothing was found")).not.toBeInTheDocument();
  expect(remembered).not.toHaveBeenCalled();
});

it("offers what may have been meant where nothing was found", async () => {
  const { user } = await renderApp({ path: "/inbox/open" });
  const asked = recordSearches(answer({ results: [], didYouMean: "okafor cream" }));
  await user.type(await box(), "okafro craem{Enter}");
  await user.click(await screen.findByRole("button", { name: "Search for “okafor cream”" }));
  await waitFor(() => expect(asked.at(-1)).toBe("okafor cream"));
});
