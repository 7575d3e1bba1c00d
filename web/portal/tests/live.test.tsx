import { act, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { PortalMessage } from "@/api/types";
import { server } from "@/test/server";
import { noContent, problemResponse } from "@/test/typed";
import { ana, mateo, meOf, messageOf, pageOf, sofia, staffMessage, threadOf } from "./fixtures";
import { AUTH, conversation, liveLines, lists, MESSAGES, openPortal, signedIn, type LiveLine } from "./portal";

const MINUTE = 60_000;
const AT = "/riverside/messages/thread-1";

afterEach(() => vi.useRealTimers());

/** A conversation on the screen, and the line that tells of it. */
async function openLive(first: PortalMessage[] = [messageOf("m1")]) {
  signedIn([ana]);
  const lines = liveLines();
  const now = { thread: threadOf(), messages: first };
  const seen = conversation(() => pageOf(now.thread, now.messages));
  const portal = await openPortal(AT);
  await screen.findByRole("log");
  await waitFor(() => expect(lines).toHaveLength(1));
  const say = (kind: string, more: object = {}) => (lines[0] as LiveLine).say("thread", { threadId: "thread-1", kind, ...more });
  return { ...portal, lines, now, seen, say };
}

describe("the open conversation", () => {
  it("shows a new message by itself and reads it out when the reader pauses", async () => {
    const { now, say } = await openLive();
    now.messages = [...now.messages, staffMessage("m2", "It is ready.")];
    say("message", { messageId: "m2" });
    expect(await within(screen.getByRole("log")).findByText("It is ready.")).toBeVisible();
    expect(screen.getByText("New message from Priya Raman: It is ready.")).toHaveAttribute("role", "status");
    expect(screen.queryByRole("button", { name: "1 new message" })).toBeNull();
  });

  it("never scrolls for one below the window: a button leads there", async () => {
    const { now, say, user } = await openLive();
    const scrolled = vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation(() => undefined);
    vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
      const top = ["m2", "m3"].includes(this.getAttribute("data-message") ?? "") ? 5_000 : 0;
      return { top, bottom: top + 50 } as DOMRect;
    });
    now.messages = [...now.messages, staffMessage("m2", "It is ready."), staffMessage("m3", "Come by.")];
    say("message", { messageId: "m2" });
    const act = await screen.findByRole("button", { name: "2 new messages" });
    expect(scrolled).not.toHaveBeenCalled();
    await user.click(act);
    expect(scrolled).toHaveBeenCalledTimes(1);
    expect(document.activeElement).toHaveTextContent("It is ready.");
    expect(screen.queryByRole("button", { name: "2 new messages" })).toBeNull();
  });

  it("turns Sent into Seen by your care team, with the time", async () => {
    const { now, say } = await openLive();
    expect(screen.getByText("Sent. Not seen yet")).toBeVisible();
    now.thread = threadOf({ seenByCareTeamAt: "2026-03-11T10:00:00.000Z" });
    say("seen");
    expect(await screen.findByText(/^Seen by your care team, .*\d+:\d\d/)).toBeVisible();
  });

  it("says aloud that a reply is on its way, and that it was sent", async () => {
    const { now, user } = await openLive();
    let arrive: () => void = () => undefined;
    server.use(
      http.post(`${MESSAGES}/threads/:id/messages`, async () => {
        await new Promise<void>((resolve) => (arrive = resolve));
        now.messages = [...now.messages, messageOf("m9", { messageText: "Thank you!" })];
        return HttpResponse.json({ messageId: "m9" }, { status: 201 });
      }),
    );
    await user.type(screen.getByLabelText("Write a reply"), "Thank you!");
    await user.click(screen.getByRole("button", { name: "Send reply" }));
    expect(await screen.findByRole("button", { name: "Sending…" })).toBeVisible();
    expect(screen.getByLabelText("Write a reply")).toHaveValue("Thank you!");
    arrive();
    expect(await screen.findByText("Sent")).toHaveAttribute("role", "status");
    expect(screen.getByLabelText("Write a reply")).toHaveValue("");
  });

  it("disappears when it may no longer be seen", async () => {
    const { say } = await openLive();
    server.use(http.get(`${MESSAGES}/threads/:id`, () => problemResponse(404, "not_found")));
    say("fields");
    expect(await screen.findByRole("heading", { name: "We cannot find this conversation" })).toBeVisible();
  });

  it("lets an earlier page arrive that is on its way when news come", async () => {
    signedIn([ana]);
    const lines = liveLines();
    let arrive: () => void = () => undefined;
    let newest = [messageOf("m2", { messageText: "Second" })];
    server.use(
      http.get(`${MESSAGES}/threads/thread-1`, async ({ request }) => {
        const earlier = new URL(request.url).searchParams.get("cursor") === "older";
        if (earlier) await new Promise<void>((resolve) => (arrive = resolve));
        const page = pageOf(threadOf(), earlier ? [messageOf("m1", { messageText: "First" })] : newest);
        return HttpResponse.json({ ...page, pagination: { limit: 50, nextCursor: earlier ? null : "older", hasMore: !earlier } });
      }),
    );
    const { user } = await openPortal(AT);
    await user.click(await screen.findByRole("button", { name: "Show earlier messages" }));
    newest = [...newest, staffMessage("m3", "Third")];
    lines[0]?.say("thread", { threadId: "thread-1", kind: "message" });
    await waitFor(() => {
      arrive();
      expect(screen.getByText("First")).toBeVisible();
      expect(within(screen.getByRole("log")).getByText("Third")).toBeVisible();
    });
  });
});

describe("a conversation that was read", () => {
  it("is marked so when the line comes back, by no act of the reader, though the server could not take it at first", async () => {
    // No try of its own comes first.
    vi.spyOn(Math, "random").mockReturnValue(1_000);
    signedIn([ana]);
    const lines = liveLines();
    const marks: (string | null)[] = [];
    let isBroken = true;
    conversation(() => pageOf(threadOf({ unreadCount: 1 }), [messageOf("m1"), staffMessage("m2", "It is ready.")]));
    server.use(
      http.post(`${MESSAGES}/threads/:id/mark-read`, ({ request }) => {
        marks.push(request.headers.get("x-threadwell-activity"));
        return isBroken ? problemResponse(503, "dependency_unavailable") : noContent();
      }),
    );
    await openPortal(AT);
    await waitFor(() => expect(marks).toHaveLength(1));
    await waitFor(() => expect(lines).toHaveLength(1));
    isBroken = false;
    lines[0]?.say("ready", { resumed: true });
    await waitFor(() => expect(marks).toEqual(["user", null]));
  });
});

describe("the list", () => {
  it("moves its conversations and unread numbers by itself, and says so", async () => {
    signedIn([ana]);
    const lines = liveLines();
    let threads = [threadOf()];
    lists(() => threads);
    await openPortal("/riverside");
    expect(await screen.findByRole("link", { name: /Tretinoin/ })).not.toHaveTextContent("new");
    threads = [threadOf({ unreadCount: 2, status: "waiting-patient" }), threadOf({ id: "thread-2", subject: "Bill" })];
    lines[0]?.say("thread", { threadId: "thread-1", kind: "message" });
    expect(await screen.findByText("2 new")).toBeVisible();
    expect(screen.getByRole("link", { name: /Bill/ })).toBeVisible();
    expect(screen.getByText("You have a new message.")).toHaveAttribute("role", "status");
  });
});

describe("the stream", () => {
  it("moves nothing for what the portal is not meant to hear", async () => {
    const { seen, lines, say, now } = await openLive();
    await waitFor(() => expect(seen.headers.length).toBeGreaterThan(0));
    const before = seen.headers.length;
    const page = document.body.textContent;
    now.messages = [...now.messages, staffMessage("m2", "Canary")];
    const complaints = vi.spyOn(console, "error");
    for (const kind of ["note", "assigned", "links", "gone", "whispered", "", "toString", "__proto__"]) say(kind);
    for (const event of ["presence", "notification", "typing", "note", "message"])
      lines[0]?.say(event, { threadId: "thread-1", kind: "message", viewers: [{ fullName: "Canary" }] });
    // The line is read in order: when this has come, all of the above has been passed over.
    lines[0]?.say("thread", { threadId: "another", kind: "message" });
    await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
    expect(seen.headers).toHaveLength(before);
    expect(document.body.textContent).toBe(page);
    expect(complaints).not.toHaveBeenCalled();
  });

  it("is no activity, and does not keep a session alive", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { lines, seen, say } = await openLive();
    expect(lines[0]?.activity).toBeNull();
    for (let minute = 0; minute < 21; minute += 1) {
      say("message");
      await act(() => vi.advanceTimersByTimeAsync(MINUTE));
    }
    for (const headers of seen.headers) expect(headers.get("x-threadwell-activity")).toBeNull();
    expect(await screen.findByText("You were signed out.")).toBeVisible();
    await waitFor(() => expect(lines.at(-1)?.isOpen()).toBe(false));
  });

  it("ends with the session, and the unsent words wait for their writer", async () => {
    const { lines, user } = await openLive();
    await user.type(screen.getByLabelText("Write a reply"), "Unsent");
    let refused = true;
    server.use(http.post(`${AUTH}/refresh`, () => (refused ? problemResponse(401, "session_expired") : problemResponse(500, "unexpected"))));
    lines[0]?.say("closing", { reason: "session_ended" });
    lines[0]?.end();
    expect(await screen.findByText("You were signed out.")).toBeVisible();
    refused = false;
    const { account, patients, actingFor, tenant } = meOf([ana]);
    server.use(
      http.post(`${AUTH}/login`, () => HttpResponse.json({ accessToken: "new", expiresIn: 600, account, patients, actingFor, tenant })),
    );
    await user.type(screen.getByLabelText("E-mail"), account.email);
    await user.type(screen.getByLabelText("Password"), "right");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    expect(await screen.findByLabelText("Write a reply")).toHaveValue("Unsent");
    await waitFor(() => expect(lines.at(-1)?.token).toBe("Bearer new"));
  });

  it("is another one for another patient", async () => {
    signedIn([sofia, mateo]);
    const lines = liveLines();
    lists((_query, token) => [threadOf({ subject: token.includes(mateo.id) ? "Mateo's rash" : "Sofia's eczema" })]);
    server.use(
      http.post(`${AUTH}/acting-for`, () => HttpResponse.json({ accessToken: `for-${mateo.id}`, expiresIn: 600, actingFor: mateo.id })),
    );
    const { user } = await openPortal("/riverside");
    await screen.findByText("Sofia's eczema");
    await user.click(screen.getByRole("button", { name: "Change who you are here for" }));
    await user.click(screen.getByRole("radio", { name: /Mateo/ }));
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await screen.findByText("Mateo's rash");
    await waitFor(() => expect(lines.map((line) => [line.token, line.isOpen()])).toEqual([["Bearer token", false], [`Bearer for-${mateo.id}`, true]]));
  });

  it("asks for all again when it does not know what was missed", async () => {
    const { lines, now } = await openLive();
    now.messages = [...now.messages, staffMessage("m2", "It is ready.")];
    lines[0]?.say("reset", {});
    expect(await within(screen.getByRole("log")).findByText("It is ready.")).toBeVisible();
  });
});
