import { screen, waitFor } from "@testing-library/react";
import { HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import type { MessageSent, OwnDraft, OwnThreadDraft } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPost, mockPut, noContent } from "@/test/typed";
import { actFor } from "../src/session/session";
import { ana, messageOf, mateo, pageOf, sofia, threadOf } from "./fixtures";
import { AUTH, conversation, lists, MESSAGES, openPortal, signedIn } from "./portal";

const ONE = `${MESSAGES}/threads/:id/draft`;
const NEW = `${MESSAGES}/draft`;
const at = "2026-01-01T00:00:00.000Z";

/** What the server is told to keep, in order. */
function keeps(path: string) {
  const told: unknown[] = [];
  server.use(
    mockPut<null>(path, async (request) => {
      told.push(await request.json());
      return noContent();
    }),
  );
  return told;
}

describe("a reply that is not sent", () => {
  beforeEach(() => {
    signedIn([ana]);
    conversation(() => pageOf(threadOf(), [messageOf("m1")]));
  });

  it("is kept with the server and comes back", async () => {
    const { user } = await openPortal("/riverside/messages/thread-1");
    const told = keeps(ONE);
    await user.type(await screen.findByLabelText("Write a reply"), "It itches ");
    expect(await screen.findByText("Draft saved")).toBeVisible();
    expect(told).toEqual([{ text: "It itches " }]);
  });

  it("comes back where it was begun, and goes with the message", async () => {
    const { user } = await openPortal("/riverside");
    lists(() => [threadOf({ subject: "Rash" })]);
    server.use(
      mockGet<OwnDraft & object>(ONE, { draft: { text: "Thank you", updatedAt: at } }),
      mockPost<MessageSent>(`${MESSAGES}/threads/:id/messages`, () => HttpResponse.json({ messageId: "m9" }, { status: 201 })),
    );
    const told = keeps(ONE);
    await user.click(await screen.findByRole("link", { name: /Rash/ }));
    await waitFor(() => expect(screen.getByLabelText("Write a reply")).toHaveValue("Thank you"));
    await user.click(screen.getByRole("button", { name: "Send reply" }));
    await waitFor(() => expect(screen.getByLabelText("Write a reply")).toHaveValue(""));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(told).toEqual([]);
  });
});

describe("a new message that is not sent", () => {
  it("comes back as it was, with what was chosen", async () => {
    signedIn([ana]);
    const { user } = await openPortal("/riverside");
    lists(() => []);
    const draft = { subject: "Refill", category: "prescription" as const, text: "May I ", isConfidential: true, updatedAt: at };
    server.use(mockGet<OwnThreadDraft & object>(NEW, { draft }));
    const told = keeps(NEW);
    await user.click((await screen.findAllByRole("link", { name: "Write a new message" }))[0]!);
    await waitFor(() => expect(screen.getByLabelText("Your message")).toHaveValue("May I "));
    expect(screen.getByLabelText("Subject")).toHaveValue("Refill");
    expect(screen.getByRole("radio", { name: /Prescription refill/ })).toBeChecked();
    expect(screen.getByRole("checkbox")).toBeChecked();
    await user.type(screen.getByLabelText("Your message"), "have a refill?");
    await waitFor(() => expect(told).toHaveLength(1), { timeout: 3_000 });
    expect(told[0]).toEqual({ subject: "Refill", category: "prescription", text: "May I have a refill?", isConfidential: true });
  });

  it("is saved before the account acts for somebody else, and never for them", async () => {
    signedIn([sofia, mateo], sofia.id);
    const { user } = await openPortal("/riverside/new");
    const told = keeps(NEW);
    server.use(mockPost<object>(`${AUTH}/acting-for`, { accessToken: "other", expiresIn: 600, actingFor: mateo.id }, 200));
    await user.type(await screen.findByLabelText("Subject"), "Hers");
    await actFor(mateo.id);
    await waitFor(() => expect(told).toEqual([{ subject: "Hers", text: "" }]));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(told).toHaveLength(1);
  });
});
