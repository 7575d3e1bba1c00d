import { screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PortalHit, PortalSearchResults } from "@/api/types";
import { server } from "@/test/server";
import { problemResponse } from "@/test/typed";
import { setPreference } from "@/theme/preferences";
import { queryClient } from "../src/session/cache";
import { ana, threadOf } from "./fixtures";
import { longTalk, manyMessages } from "./longTalk";
import { lists, MESSAGES, openPortal, signedIn } from "./portal";

const foundOf = (id: string, change: Partial<PortalHit["message"]> = {}): PortalHit => ({
  thread: threadOf(),
  message: { id, senderType: "staff", senderName: "Priya Raman", sentAt: "2026-03-11T09:42:00.000Z", isOwn: false, hasAttachments: false, ...change },
  subject: [{ text: "Tretinoin refill", isHit: false }],
  snippet: [{ text: "Use the ", isHit: false }, { text: "canaryword", isHit: true }, { text: " at night.", isHit: false }],
});

const pageOfFound = (results: PortalHit[], change: Partial<PortalSearchResults> = {}): PortalSearchResults => ({
  results, pagination: { limit: 20, nextCursor: null, hasMore: false }, understood: { terms: [], filters: [], ignored: [] }, ...change,
});

/** Answers searches; and what was asked. */
function searches(answer: (query: URLSearchParams) => PortalSearchResults | Response): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get(`${MESSAGES}/search`, ({ request }) => {
      const query = new URL(request.url).searchParams;
      asked.push(query);
      const page = answer(query);
      return page instanceof Response ? page : HttpResponse.json({ ...page });
    }),
  );
  return asked;
}

async function search(words: string) {
  const portal = await openPortal("/riverside");
  await portal.user.type(await screen.findByRole("searchbox", { name: "Search your messages" }), `${words}{Enter}`);
  return portal;
}

beforeEach(() => {
  signedIn([ana]);
  lists(() => [threadOf()]);
});
afterEach(() => setPreference("language", "en"));

describe("what was found", () => {
  it("shows the words in their place, who wrote them, and nothing else's filters", async () => {
    searches(() => pageOfFound([foundOf("m1"), foundOf("m2", { isOwn: true, hasAttachments: true })]));
    await search("canaryword");
    expect(await screen.findByRole("heading", { name: "2 messages found" })).toBeVisible();
    const [first, second] = screen.getAllByRole("link", { name: /canaryword/ });
    expect(within(first as HTMLElement).getByText("canaryword").tagName).toBe("MARK");
    expect(first).toHaveTextContent("Priya Raman");
    expect(second).toHaveTextContent("You");
    expect(second).toHaveTextContent("With files");
    expect(screen.queryByRole("button", { name: "Waiting" })).toBeNull();
  });

  it("is looked for when asked, not while typing", async () => {
    const asked = searches(() => pageOfFound([foundOf("m1")]));
    const { user } = await openPortal("/riverside");
    await user.type(await screen.findByRole("searchbox"), "  canaryword ");
    expect(asked).toHaveLength(0);
    await user.click(screen.getByRole("button", { name: "Search" }));
    await screen.findByText("1 message found");
    expect(asked.map((query) => query.get("q"))).toEqual(["canaryword"]);
  });

  it("opens at the message, and Back returns to it", async () => {
    searches(() => pageOfFound([foundOf("m7"), foundOf("m200")]));
    longTalk(() => manyMessages(300));
    const { user, history } = await search("canaryword");
    await user.click((await screen.findAllByRole("link", { name: /canaryword/ }))[1] as HTMLElement);
    expect((await screen.findByText("This is the message from your search")).closest("li")).toHaveTextContent("Text 200");
    expect(history.location.href).toBe("/portal/riverside/messages/thread-1?message=m200");
    await user.click(screen.getByRole("link", { name: "Back to your search" }));
    await waitFor(() => expect(screen.getAllByRole("link", { name: /canaryword/ })[1]).toHaveFocus());
    expect(screen.getByRole("searchbox")).toHaveValue("canaryword");
  });

  it("comes page by page, each message once", async () => {
    searches((query) =>
      query.get("cursor")
        ? pageOfFound([foundOf("m1"), foundOf("m2")])
        : pageOfFound([foundOf("m1")], { pagination: { limit: 20, nextCursor: "next", hasMore: true } }));
    const { user } = await search("canaryword");
    expect(await screen.findByRole("heading", { name: "The newest message found" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Show more" }));
    await screen.findByRole("heading", { name: "2 messages found" });
    expect(screen.getAllByRole("link", { name: /canaryword/ })).toHaveLength(2);
    await waitFor(() => expect(screen.getAllByRole("link", { name: /canaryword/ })[1]).toHaveFocus());
  });

  it("is left again for the list", async () => {
    searches(() => pageOfFound([foundOf("m1")]));
    const { user } = await search("canaryword");
    await user.click(await screen.findByRole("button", { name: "Close search" }));
    expect(await screen.findByRole("button", { name: "Waiting" })).toBeVisible();
    expect(screen.getByRole("searchbox")).toHaveValue("");
  });
});

const onward = (nextCursor: string | null) => ({ pagination: { limit: 20, nextCursor, hasMore: nextCursor !== null } });

describe("a page that ended early", () => {
  it("is followed by the next ones until something is found, and nobody is told meanwhile that there is nothing", async () => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const asked: (string | null)[] = [];
    server.use(
      http.get(`${MESSAGES}/search`, async ({ request }) => {
        const cursor = new URL(request.url).searchParams.get("cursor");
        asked.push(cursor);
        if (cursor === "2") await held;
        const page = cursor === null ? pageOfFound([], onward("1")) : cursor === "1" ? pageOfFound([], onward("2")) : pageOfFound([foundOf("m1")]);
        return HttpResponse.json({ ...page });
      }),
    );
    await search("canaryword");
    const state = await screen.findByRole("heading", { name: "Still searching older messages…" });
    expect(state.parentElement).toHaveAttribute("role", "status");
    expect(screen.queryByText("We found no message with these words")).toBeNull();
    letGo();
    expect(await screen.findByText("1 message found")).toBeVisible();
    expect(asked).toEqual([null, "1", "2"]);
  });

  it("counts as an act of the reader once, however many follow it", async () => {
    const marks: (string | null)[] = [];
    server.use(
      http.get(`${MESSAGES}/search`, ({ request }) => {
        marks.push(request.headers.get("x-threadwell-activity"));
        return HttpResponse.json({ ...pageOfFound([], onward(marks.length < 3 ? String(marks.length) : null)) });
      }),
    );
    await search("canaryword");
    expect(await screen.findByRole("heading", { name: "We found no message with these words" })).toBeVisible();
    expect(marks).toEqual(["user", null, null]);
  });

  it("is an act of the reader again where they ask for more themselves", async () => {
    const marks: (string | null)[] = [];
    server.use(
      http.get(`${MESSAGES}/search`, ({ request }) => {
        marks.push(request.headers.get("x-threadwell-activity"));
        return HttpResponse.json({ ...pageOfFound([foundOf(`m${marks.length}`)], onward(marks.length < 2 ? "1" : null)) });
      }),
    );
    const { user } = await search("canaryword");
    await screen.findByText("The newest message found");
    // What was typed before is not what asks for more.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await user.click(screen.getByRole("button", { name: "Show more" }));
    await screen.findByText("2 messages found");
    expect(marks).toEqual(["user", "user"]);
  });

  it("is followed by no other once the reader stops, and by others when they go on", async () => {
    let isEnd = false;
    const asked = searches(() => pageOfFound([], onward(isEnd ? null : String(Math.random()))));
    const { user } = await search("canaryword");
    await user.click(await screen.findByRole("button", { name: "Stop searching" }));
    expect(await screen.findByRole("heading", { name: "We found no message with these words so far" })).toBeVisible();
    const more = await screen.findByRole("button", { name: "Search older messages" });
    expect(more).toHaveFocus();
    const before = asked.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(asked).toHaveLength(before);
    isEnd = true;
    const status = screen.getByRole("heading", { name: /so far$/ }).closest("[role=status]");
    await user.click(more);
    expect((await screen.findByRole("heading", { name: "We found no message with these words" })).closest("[role=status]")).toBe(status);
    await waitFor(() => expect(status).toHaveFocus());
  });

  it("lets a reader try again whose next page did not come", async () => {
    let isBroken = true;
    searches((query) => (query.get("cursor") === null ? pageOfFound([], onward("1")) : isBroken ? problemResponse(503, "dependency_unavailable") : pageOfFound([foundOf("m1")])));
    const { user } = await search("canaryword");
    expect(await screen.findByText("We could not load more.")).toBeVisible();
    isBroken = false;
    await user.click(screen.getByRole("button", { name: "Search older messages" }));
    expect(await screen.findByText("1 message found")).toBeVisible();
  });
});

describe("a search says in plain words", () => {
  it("that nothing was found, and what to try", async () => {
    searches(() => pageOfFound([], { understood: { terms: [], filters: [], ignored: [{ text: "category:foo", reason: "unknown_value" }] } }));
    const { user } = await search("category:foo nowhere");
    expect(await screen.findByRole("heading", { name: "We found no message with these words" })).toBeVisible();
    expect(screen.getByText("We left this out of your search: “category:foo”")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Close search" }));
    expect(await screen.findByRole("link", { name: /Tretinoin/ })).toBeVisible();
  });

  it.each([
    [503, "dependency_unavailable", "We could not search your messages"],
    [429, "rate_limited", "You searched many times in a short time"],
    [422, "validation_failed", "We cannot search for these words"],
  ])("what went wrong: %i %s", async (status, code, words) => {
    let isBroken = true;
    searches(() => (isBroken ? problemResponse(status, code) : pageOfFound([foundOf("m1")])));
    const { user } = await search("canaryword");
    expect(await screen.findByRole("alert")).toHaveTextContent(words);
    isBroken = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("1 message found")).toBeVisible();
  });

  it("the same in Spanish", async () => {
    searches(() => pageOfFound([foundOf("m1"), foundOf("m2")]));
    const { user } = await openPortal("/riverside");
    await screen.findByRole("searchbox");
    await user.click(screen.getByRole("button", { name: "Español" }));
    await user.type(await screen.findByRole("searchbox", { name: "Buscar en sus mensajes" }), "crema{Enter}");
    expect(await screen.findByRole("heading", { name: "2 mensajes encontrados" })).toBeVisible();
  });
});

it("leaves its words in no address, history, title or storage, and none behind a session", async () => {
  searches(() => pageOfFound([foundOf("m7")]));
  longTalk(() => manyMessages(20));
  const { user, history } = await search("canaryword");
  await user.click(await screen.findByRole("link", { name: /canaryword/ }));
  await screen.findByText("This is the message from your search");
  const outside = [
    document.title, history.location.href, JSON.stringify(history.location.state),
    JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie,
  ].join("\n");
  expect(outside).not.toMatch(/canary/i);
  await user.click(screen.getByRole("button", { name: "Sign out" }));
  expect(await screen.findByText("You are signed out.")).toBeVisible();
  expect(document.body).not.toHaveTextContent("canaryword");
  expect(queryClient.getQueryCache().getAll()).toEqual([]);
});

it("has no fault that axe can find", async () => {
  searches(() => pageOfFound([foundOf("m1"), foundOf("m2")]));
  await search("canaryword");
  await screen.findByText("2 messages found");
  const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});
