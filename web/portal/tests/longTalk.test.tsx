import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ana, messageOf, staffMessage } from "./fixtures";
import { longTalk, manyMessages, PAGE } from "./longTalk";
import { liveLines, openPortal, signedIn } from "./portal";

const AT = "/riverside/messages/thread-1";
const log = () => within(screen.getByRole("log"));
const texts = () => [...document.querySelectorAll("[data-message] .bubble")].map(({ textContent }) => textContent);

async function press(name: string, times: number) {
  for (let time = 0; time < times; time += 1) {
    const first = texts()[0];
    fireEvent.click(screen.getByText(name));
    await waitFor(() => expect(texts()[0]).not.toBe(first));
  }
}

describe("a conversation of many messages", () => {
  it("has no more than six pages on the screen, however far one goes back", async () => {
    signedIn([ana]);
    const all = manyMessages(1_000);
    const asked = longTalk(() => all);
    await openPortal(AT);
    await screen.findByText("Text 1000");
    await press("Show earlier messages", 7);
    expect(texts()).toHaveLength(6 * PAGE);
    expect(texts()[0]).toBe("Text 921");
    expect(new Set(asked.map((query) => query.get("limit")))).toEqual(new Set(["50"]));
  });

  it("lets nobody answer blind who reads old messages, and leads to the newest", async () => {
    signedIn([ana]);
    const all = manyMessages(80);
    longTalk(() => all);
    const { user } = await openPortal(AT);
    await user.type(await screen.findByLabelText("Write a reply"), "Half a thought");
    await press("Show earlier messages", 6);
    expect(screen.queryByLabelText("Write a reply")).toBeNull();
    expect(screen.getByRole("heading", { name: "You are reading older messages" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Go to the newest messages" }));
    expect(await screen.findByText("Text 80")).toBeVisible();
    expect(screen.getByLabelText("Write a reply")).toHaveValue("Half a thought");
  });

  it("goes forward again page by page until one may write", async () => {
    signedIn([ana]);
    const all = manyMessages(68);
    longTalk(() => all);
    const { user } = await openPortal(AT);
    await screen.findByText("Text 68");
    await press("Show earlier messages", 6);
    expect(log().queryByText("Text 68")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Show later messages" }));
    expect(await log().findByText("Text 68")).toBeVisible();
    expect(screen.getByLabelText("Write a reply")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Show later messages" })).toBeNull();
  });
});

describe("opened at a message that was searched", () => {
  it("shows it between its neighbours, marked and focused", async () => {
    signedIn([ana]);
    const asked = longTalk(() => manyMessages(100));
    const { user } = await openPortal(`${AT}?message=m40`);
    const found = (await screen.findByText("This is the message from your search")).closest("li");
    expect(found).toHaveTextContent("Text 40");
    await waitFor(() => expect(found).toHaveFocus());
    expect(asked[0]?.get("around")).toBe("m40");
    expect(screen.queryByLabelText("Write a reply")).toBeNull();
    await press("Show earlier messages", 1);
    expect(texts()[0]).toBe("Text 25");
    await user.click(screen.getByRole("button", { name: "Show later messages" }));
    expect(await log().findByText("Text 54")).toBeVisible();
  });

  it("leaves the message for the newest ones", async () => {
    signedIn([ana]);
    longTalk(() => manyMessages(100));
    const { user, history } = await openPortal(`${AT}?message=m40`);
    await user.click(await screen.findByRole("button", { name: "Go to the newest messages" }));
    expect(await screen.findByText("Text 100")).toBeVisible();
    expect(history.location.search).not.toContain("m40");
    expect(screen.getByLabelText("Write a reply")).toBeVisible();
  });

  it("stays at the end with the reader when more arrives than the page holds", async () => {
    signedIn([ana]);
    let messages = manyMessages(8);
    const lines = liveLines();
    longTalk(() => messages);
    const { user } = await openPortal(`${AT}?message=m4`);
    await user.type(await screen.findByLabelText("Write a reply"), "Half a thought");
    messages = [...messages, ...manyMessages(12).slice(8)];
    lines[0]?.say("thread", { threadId: "thread-1", kind: "message" });
    expect(await log().findByText("Text 12")).toBeVisible();
    expect(screen.getByLabelText("Write a reply")).toHaveValue("Half a thought");
  });

  it("gives no time of a receipt where later messages are not on the screen", async () => {
    signedIn([ana]);
    const messages = manyMessages(40).map((message, at) => (at === 10 ? messageOf("m11", { sentAt: message.sentAt, messageText: "Mine" }) : message));
    longTalk(() => messages, { seenByCareTeamAt: "2026-03-11T10:00:00.000Z" });
    await openPortal(`${AT}?message=m11`);
    expect(await screen.findByText("Seen by your care team")).toBeVisible();
  });

  it("says when the message is not there, and shows the conversation", async () => {
    signedIn([ana]);
    longTalk(() => [staffMessage("m1", "It is ready.")]);
    await openPortal(`${AT}?message=gone`);
    expect(await screen.findByText("It is ready.")).toBeVisible();
    expect(screen.getByText("We could not find that message.")).toBeVisible();
  });

  it("takes nothing but an id from the address", async () => {
    signedIn([ana]);
    const asked = longTalk(() => manyMessages(3));
    await openPortal(`${AT}?message=${encodeURIComponent("itchy rash")}`);
    await screen.findByText("Text 3");
    expect(asked[0]?.get("around")).toBeNull();
  });
});
