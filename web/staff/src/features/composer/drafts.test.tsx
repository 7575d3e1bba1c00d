import { act, screen, waitFor } from "@testing-library/react";
import { HttpResponse } from "msw";
import { afterEach, expect, it } from "vitest";
import type { MessageSent, StaffDraft, StaffDrafts } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPost, mockPut, noContent } from "@/test/typed";
import { THREAD } from "../../test/fixtures";
import { renderApp } from "../../test/renderApp";
import { clearDraft, draftOf, setChosen, setDraftText } from "./drafts";

const DRAFT = "/api/patient-messages/threads/:id/draft";
const at = "2026-01-01T00:00:00.000Z";
const replyBox = () => screen.findByRole("textbox", { name: "Message to Ana Silva" });
const noteBox = () => screen.findByRole("textbox", { name: /Internal note, patient cannot/ });

/** A server that keeps drafts; what it was told, in order. */
function keeps(before: Partial<StaffDrafts> = {}) {
  const told: { body: StaffDraft; activity: string | null }[] = [];
  const handlers = [
    mockGet<StaffDrafts & object>(DRAFT, { reply: null, note: null, ...before }),
    mockPut<null>(DRAFT, async (request) => {
      told.push({ body: (await request.json()) as StaffDraft, activity: request.headers.get("x-threadwell-activity") });
      return noContent();
    }),
  ];
  return { told, handlers };
}

afterEach(() => {
  clearDraft(THREAD, "reply");
  clearDraft(THREAD, "note");
});

it("is kept with the server a moment after the last key, each kind for itself", async () => {
  const { told, handlers } = keeps();
  const { user } = await renderApp({ handlers });
  await user.type(await replyBox(), "for the patient");
  expect(await screen.findByText("Draft saved")).toBeInTheDocument();
  await user.click(screen.getByRole("tab", { name: "Internal note" }));
  await user.type(await noteBox(), "for the team");
  await waitFor(() => expect(told).toHaveLength(2), { timeout: 3_000 });
  expect(told).toEqual([
    { body: { kind: "reply", text: "for the patient" }, activity: null },
    { body: { kind: "note", text: "for the team" }, activity: null },
  ]);
});

it("comes back where it was begun, and the note stays a note", async () => {
  const { told, handlers } = keeps({ reply: { text: "Dear Ana,\n", updatedAt: at }, note: { text: "Eczema?", updatedAt: at } });
  const { user } = await renderApp({ handlers });
  await waitFor(async () => expect(await replyBox()).toHaveValue("Dear Ana,\n"));
  expect(screen.getByText("Draft saved")).toBeInTheDocument();
  await user.click(screen.getByRole("tab", { name: "Internal note" }));
  expect(await noteBox()).toHaveValue("Eczema?");
  expect(told).toEqual([]);
});

it("never replaces words that are being written", async () => {
  let answer: (kept: StaffDrafts & object) => void = () => undefined;
  const asked = new Promise<StaffDrafts & object>((resolve) => (answer = resolve));
  const { handlers } = keeps();
  const { user } = await renderApp({ handlers: [mockGet<StaffDrafts & object>(DRAFT, () => asked), ...handlers.slice(1)] });
  await user.type(await replyBox(), "New words");
  await act(async () => {
    answer({ reply: { text: "Old words", updatedAt: at }, note: { text: "Eczema?", updatedAt: at } });
    await asked;
  });
  await user.click(screen.getByRole("tab", { name: "Internal note" }));
  await waitFor(async () => expect(await noteBox()).toHaveValue("Eczema?"));
  await user.click(screen.getByRole("tab", { name: "Reply to patient" }));
  expect(await replyBox()).toHaveValue("New words");
});

it("is saved when its conversation is left", async () => {
  const { told, handlers } = keeps();
  const { user, unmount } = await renderApp({ handlers });
  await user.type(await replyBox(), "Half a sent");
  expect(told).toEqual([]);
  unmount();
  await waitFor(() => expect(told.map(({ body }) => body.text)).toEqual(["Half a sent"]));
});

it("is gone with the message, and is not saved again", async () => {
  const { told, handlers } = keeps({ reply: { text: "Dear Ana", updatedAt: at } });
  const { user, unmount } = await renderApp({ handlers });
  server.use(mockPost<MessageSent>("/api/patient-messages/threads/:id/messages", () => HttpResponse.json({ messageId: "m9" }, { status: 201 })));
  await waitFor(async () => expect(await replyBox()).toHaveValue("Dear Ana"));
  await user.type(await replyBox(), "!{Control>}{Enter}{/Control}");
  await waitFor(async () => expect(await replyBox()).toHaveValue(""));
  expect(screen.queryByText("Draft saved")).toBeNull();
  unmount();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(told).toEqual([]);
});

it("forgets who was chosen among namesakes once the words are given up", () => {
  setDraftText("t-chosen", "note", "@Ana Silva");
  setChosen("t-chosen", ["s2"]);
  setDraftText("t-chosen", "note", "@Ana Silva, look");
  expect(draftOf("t-chosen", "note").chosenIds).toEqual(["s2"]);
  setDraftText("t-chosen", "note", "");
  setDraftText("t-chosen", "note", "@Ana Silva");
  expect(draftOf("t-chosen", "note").chosenIds).toEqual([]);
});
