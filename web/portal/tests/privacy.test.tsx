import { act, screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, describe, expect, it, vi } from "vitest";
import { server } from "@/test/server";
import { mockGet, problemResponse } from "@/test/typed";
import { queryClient } from "../src/session/cache";
import { ana, meOf, messageOf, pageOf, sofia, staffMessage, threadOf } from "./fixtures";
import { AUTH, conversation, lists, MESSAGES, openPortal, signedIn } from "./portal";

const MINUTE = 60_000;

afterEach(() => {
  vi.useRealTimers();
  localStorage.clear();
});

/** Opens a conversation under a clock that the test moves. */
async function openUnderClock() {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  signedIn([ana]);
  const seen = conversation(() => pageOf(threadOf({ subject: "Canary" }), [messageOf("m1", { messageText: "Canary words" })]));
  const portal = await openPortal("/riverside/messages/thread-1");
  await screen.findByText("Canary words");
  return { ...portal, seen };
}

const later = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

describe("nothing of a patient", () => {
  it("reaches the window's title, the address, the history or the storage", async () => {
    signedIn([sofia]);
    lists(() => [threadOf({ subject: "Canary subject", lastMessagePreview: "Canary preview" })]);
    conversation(() => pageOf(threadOf({ subject: "Canary subject" }), [staffMessage("m1", "Canary words")]));
    const { user, history } = await openPortal("/riverside");
    await user.click(await screen.findByRole("link", { name: /Canary subject/ }));
    await screen.findByText("Canary words");
    await user.type(screen.getByLabelText("Write a reply"), "Canary draft");
    const outside = [
      document.title, history.location.href, JSON.stringify(history.location.state),
      JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie,
    ].join("\n");
    expect(outside).not.toMatch(/canary|sofia|mendes|token/i);
  });

  it("stays in the page or in memory after signing out", async () => {
    signedIn([ana]);
    lists(() => [threadOf({ subject: "Canary" })]);
    const { user, history } = await openPortal("/riverside");
    await screen.findByText("Canary");
    await user.click(screen.getByRole("button", { name: "Sign out" }));
    expect(await screen.findByText("You are signed out.")).toBeVisible();
    expect(document.body).not.toHaveTextContent("Canary");
    expect(queryClient.getQueryCache().getAll()).toEqual([]);
    expect(history.location.pathname).toBe("/portal/riverside");
  });

  it("comes back by the browser's Back after signing out", async () => {
    signedIn([ana]);
    lists(() => [threadOf({ subject: "Canary" })]);
    conversation(() => pageOf(threadOf({ subject: "Canary" }), [messageOf("m1", { messageText: "Canary words" })]));
    const { user, history } = await openPortal("/riverside");
    await user.click(await screen.findByRole("link", { name: /Canary/ }));
    await screen.findByText("Canary words");
    await user.click(screen.getByRole("button", { name: "Sign out" }));
    await screen.findByText("You are signed out.");
    act(() => history.back());
    expect(await screen.findByRole("heading", { name: "Welcome back" })).toBeVisible();
    expect(document.body).not.toHaveTextContent("Canary");
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toMatch(/canary|ana/i);
  });
});

describe("a session without activity", () => {
  it("asks two minutes before the end and goes on when told", async () => {
    await openUnderClock();
    await later(17.9 * MINUTE);
    expect(screen.queryByRole("alertdialog")).toBeNull();
    await later(0.2 * MINUTE);
    expect(await screen.findByRole("alertdialog", { name: "Are you still here?" })).toHaveTextContent("2 minutes");
    screen.getByRole("button", { name: "Stay signed in" }).click();
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    await later(17 * MINUTE);
    expect(screen.getByText("Canary words")).toBeVisible();
  });

  it("rests no longer than the practice lets it by now", async () => {
    await openUnderClock();
    const me = meOf([ana]);
    server.use(http.get(`${AUTH}/me`, () => HttpResponse.json({ ...me, session: { ...me.session, idleMinutes: 5 } })));
    await later(2 * MINUTE);
    document.body.dispatchEvent(new Event("pointerdown", { bubbles: true }));
    await later(4.9 * MINUTE);
    expect(screen.getByText("Canary words")).toBeVisible();
    await later(0.2 * MINUTE);
    expect(await screen.findByText("You were signed out.")).toBeVisible();
  });

  it("ends, leaves nothing on the screen, and keeps the unsent words for their writer", async () => {
    const { user } = await openUnderClock();
    await user.type(screen.getByLabelText("Write a reply"), "Unsent");
    await later(20.1 * MINUTE);
    expect(await screen.findByText("You were signed out.")).toBeVisible();
    expect(document.body).not.toHaveTextContent("Canary");
    expect(queryClient.getQueryCache().getAll()).toEqual([]);

    const { account, patients, actingFor, tenant } = meOf([ana]);
    server.use(
      http.post(`${AUTH}/login`, () => HttpResponse.json({ accessToken: "new", expiresIn: 600, account, patients, actingFor, tenant })),
    );
    await user.type(screen.getByLabelText("E-mail"), account.email);
    await user.type(screen.getByLabelText("Password"), "right");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    expect(await screen.findByLabelText("Write a reply")).toHaveValue("Unsent");
  });

  it("is never kept alive by looking for new messages", async () => {
    const { seen } = await openUnderClock();
    const before = seen.headers.length;
    await later(31_000);
    expect(seen.headers.length).toBeGreaterThanOrEqual(before + 2);
    for (const headers of seen.headers) expect(headers.get("x-threadwell-activity")).toBeNull();
  });

  it("is told of the reader's movements, at most once a minute", async () => {
    const { user } = await openUnderClock();
    const told: (string | null)[] = [];
    server.use(
      http.get(`${AUTH}/me`, ({ request }) => {
        told.push(request.headers.get("x-threadwell-activity"));
        return HttpResponse.json({ ...meOf([ana]) });
      }),
    );
    await user.keyboard("a");
    expect(told).toEqual([]);
    await later(1.1 * MINUTE);
    await user.keyboard("bc");
    await waitFor(() => expect(told).toEqual(["user"]));
  });
});

it("ends everywhere when the server ends it, with words that do not blame", async () => {
  signedIn([ana]);
  lists(() => [threadOf({ subject: "Canary" })]);
  const { user } = await openPortal("/riverside");
  await screen.findByText("Canary");
  server.use(
    http.get(`${MESSAGES}/threads`, () => problemResponse(401, "session_expired")),
    http.post(`${AUTH}/refresh`, () => problemResponse(401, "session_expired")),
    mockGet(`${AUTH}/me`, { ...meOf([ana]) }),
  );
  await user.click(screen.getByRole("button", { name: "Closed" }));
  expect(await screen.findByText("You were signed out.")).toBeVisible();
  expect(document.body).not.toHaveTextContent("Canary");
});
