import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import type { MessageSent, NewPortalMessage } from "@/api/types";
import { server } from "@/test/server";
import { problemResponse } from "@/test/typed";
import { ana, messageOf, pageOf, sofia, staffMessage, threadOf } from "./fixtures";
import { conversation, lists, MESSAGES, openPortal, signedIn } from "./portal";

type User = Awaited<ReturnType<typeof openPortal>>["user"];

/** Takes replies; `answers` come first, one for each try. */
function takes(...answers: (() => Response)[]) {
  const tries: { body: NewPortalMessage; key: string | null }[] = [];
  server.use(
    http.post(`${MESSAGES}/threads/:id/messages`, async ({ request }) => {
      tries.push({ body: (await request.json()) as NewPortalMessage, key: request.headers.get("idempotency-key") });
      const sent: MessageSent = { messageId: "m9" };
      return answers.shift()?.() ?? HttpResponse.json({ ...sent }, { status: 201 });
    }),
  );
  return tries;
}

async function reply(user: User, text: string) {
  await user.type(await screen.findByLabelText("Write a reply"), text);
  await user.click(screen.getByRole("button", { name: "Send reply" }));
}

describe("a conversation", () => {
  it("marks itself read when it opens, up to what is shown", async () => {
    signedIn([ana]);
    const seen = conversation(() =>
      pageOf(threadOf({ unreadCount: 1, status: "waiting-patient" }), [messageOf("m1"), staffMessage("m2", "It is ready.")]),
    );
    await openPortal("/riverside/messages/thread-1");
    expect(await screen.findByText(/New for you/)).toBeVisible();
    await waitFor(() => expect(seen.marked).toEqual([{ messageId: "m2" }]));
    expect(document.title).toBe("Conversation · Riverside Dermatology");
  });

  it("says what the care team saw, and never who", async () => {
    signedIn([ana]);
    conversation(() =>
      pageOf(threadOf({ seenByCareTeamAt: "2026-03-11T10:00:00.000Z" }), [
        messageOf("m1"),
        messageOf("m2", { sentAt: "2026-03-11T11:00:00.000Z", messageText: "One more thing." }),
      ]),
    );
    await openPortal("/riverside/messages/thread-1");
    expect(await screen.findByText(/Seen by your care team, /)).toBeVisible();
    expect(screen.getByText("Sent. Not seen yet")).toBeVisible();
  });

  it("names who wrote for the patient", async () => {
    signedIn([ana]);
    conversation(() =>
      pageOf(threadOf(), [messageOf("m1", { isOwn: false, sentByProxy: { fullName: "Luis Silva", relationship: "caregiver" } })]),
    );
    await openPortal("/riverside/messages/thread-1");
    const log = within(await screen.findByRole("log"));
    expect(log.getByText("Luis Silva")).toBeVisible();
    expect(log.getByText("wrote as caregiver")).toBeVisible();
  });

  it("shows a message that cannot be read, and that one was corrected", async () => {
    signedIn([ana]);
    conversation(() =>
      pageOf(threadOf(), [
        staffMessage("m1", "x", { messageText: null, integrity: "failed" }),
        staffMessage("m2", "Twice a day.", { revisedAt: "2026-03-11T10:00:00.000Z" }),
      ]),
    );
    await openPortal("/riverside/messages/thread-1");
    expect(await screen.findByText("We cannot show this message. Please call us at (555) 010-0142.")).toBeVisible();
    expect(screen.getByText(/^Corrected /)).toBeVisible();
  });

  it("shows markup as the text it is, and opens web addresses elsewhere", async () => {
    signedIn([ana]);
    conversation(() => pageOf(threadOf(), [staffMessage("m1", "<img src=x onerror=alert(1)> javascript:alert(1) https://example.org/a.")]));
    await openPortal("/riverside/messages/thread-1");
    expect(await screen.findByText(/<img src=x onerror=alert\(1\)> javascript:alert\(1\)/)).toBeVisible();
    const link = within(screen.getByRole("log")).getByRole("link");
    expect(link).toHaveAttribute("href", "https://example.org/a");
    expect(link).toHaveAttribute("rel", expect.stringContaining("noopener"));
  });

  it("brings earlier messages in above by the cursor", async () => {
    signedIn([ana]);
    server.use(
      http.get(`${MESSAGES}/threads/thread-1`, ({ request }) => {
        const earlier = new URL(request.url).searchParams.get("cursor") === "older";
        const page = pageOf(threadOf(), [earlier ? messageOf("m1", { messageText: "First" }) : messageOf("m2", { messageText: "Second" })]);
        return HttpResponse.json({ ...page, pagination: { limit: 30, nextCursor: earlier ? null : "older", hasMore: !earlier } });
      }),
    );
    const { user } = await openPortal("/riverside/messages/thread-1");
    await user.click(await screen.findByRole("button", { name: "Show earlier messages" }));
    await screen.findByText("First");
    expect(within(screen.getByRole("log")).getAllByText(/First|Second/).map((found) => found.textContent)).toEqual(["First", "Second"]);
  });

  it("tells a proxy that it may be somebody else's", async () => {
    signedIn([sofia, ana]);
    conversation(() => pageOf(threadOf({ id: "another" }), []));
    await openPortal("/riverside/messages/thread-1");
    expect(await screen.findByRole("heading", { name: "We cannot find this conversation" })).toBeVisible();
    const main = within(screen.getByRole("main"));
    expect(main.getByRole("button", { name: "Change who you are here for" })).toBeVisible();
  });
});

describe("a reply", () => {
  it("names the last message its writer saw, and clears only what arrived", async () => {
    signedIn([ana]);
    let sent = false;
    conversation(() => pageOf(threadOf(), sent ? [messageOf("m1"), messageOf("m9", { messageText: "Thank you!" })] : [messageOf("m1")]));
    const tries = takes(() => {
      sent = true;
      return HttpResponse.json({ messageId: "m9" }, { status: 201 });
    });
    const { user } = await openPortal("/riverside/messages/thread-1");
    await reply(user, "Thank you!");
    expect(await within(screen.getByRole("log")).findByText("Thank you!")).toBeVisible();
    expect(screen.getByLabelText("Write a reply")).toHaveValue("");
    expect(tries[0]?.body).toEqual({ messageText: "Thank you!", lastSeenMessageId: "m1" });
  });

  it("makes a new line with Enter and sends nothing", async () => {
    signedIn([ana]);
    conversation(() => pageOf(threadOf(), [messageOf("m1")]));
    const tries = takes();
    const { user } = await openPortal("/riverside/messages/thread-1");
    await user.type(await screen.findByLabelText("Write a reply"), "One{Enter}Two");
    expect(screen.getByLabelText("Write a reply")).toHaveValue("One\nTwo");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(tries).toHaveLength(0);
  });

  it("shows what was missed first, then goes unchanged in full knowledge", async () => {
    signedIn([ana]);
    conversation(() => pageOf(threadOf(), [messageOf("m1")]));
    const missed = staffMessage("m2", "Please send a photo.");
    const tries = takes(() => problemResponse(409, "stale_reply", { missed: [missed] }));
    const { user } = await openPortal("/riverside/messages/thread-1");
    await reply(user, "Is it ready?");
    const dialog = within(await screen.findByRole("alertdialog", { name: "There is a new message" }));
    expect(dialog.getByText("Please send a photo.")).toBeVisible();
    expect(dialog.getByText("Is it ready?")).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Send it unchanged" }));
    await waitFor(() => expect(tries).toHaveLength(2));
    expect(tries[1]?.body.lastSeenMessageId).toBe("m2");
  });

  it("stays on the page when it does not arrive, to send again or to change", async () => {
    signedIn([ana]);
    conversation(() => pageOf(threadOf(), [messageOf("m1")]));
    const tries = takes(() => problemResponse(503, "dependency_unavailable"), () => problemResponse(503, "dependency_unavailable"));
    const { user } = await openPortal("/riverside/messages/thread-1");
    await reply(user, "Is it ready?");
    expect(await screen.findByText("Not sent")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Send again" }));
    await waitFor(() => expect(tries).toHaveLength(2));
    expect(tries[1]?.key).toBe(tries[0]?.key);
    await user.click(await screen.findByRole("button", { name: "Change it" }));
    expect(screen.getByLabelText("Write a reply")).toHaveValue("Is it ready?");
  });
});

describe("a closed conversation", () => {
  const closed = (reopensUntil: string) =>
    threadOf({ status: "closed", closedAt: "2026-03-01T00:00:00.000Z", reopensUntil });

  it("says until when writing opens it again", async () => {
    signedIn([ana]);
    conversation(() => pageOf(closed("2999-03-16T12:00:00.000Z"), [messageOf("m1")]));
    const { user } = await openPortal("/riverside/messages/thread-1");
    expect(await screen.findByText(/If you write before March 16, it opens again/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Write again" }));
    expect(screen.getByLabelText("Write a reply")).toHaveFocus();
  });

  it("goes on in a new one when it was closed too long ago, and says so", async () => {
    signedIn([ana]);
    lists(() => []);
    let current = pageOf(closed("2020-03-16T12:00:00.000Z"), [messageOf("m1")]);
    conversation(() => current);
    takes(() => {
      current = pageOf(threadOf({ id: "thread-2", linkedThreadId: "thread-1" }), [messageOf("m9", { messageText: "Again, please." })]);
      return HttpResponse.json({ messageId: "m9", threadId: "thread-2" }, { status: 201 });
    });
    const { user, history } = await openPortal("/riverside/messages/thread-1");
    expect(await screen.findByText(/we start a new conversation/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Write again" }));
    await reply(user, "Again, please.");
    expect(await screen.findByText("We started a new conversation.")).toBeVisible();
    expect(history.location.pathname).toBe("/portal/riverside/messages/thread-2");
    expect(screen.getByRole("link", { name: "an earlier conversation" })).toHaveAttribute("href", "/portal/riverside/messages/thread-1");
  });
});
