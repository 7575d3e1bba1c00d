import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, describe, expect, it } from "vitest";
import type { NewPortalThread, ThreadCreated } from "@/api/types";
import { server } from "@/test/server";
import { problemResponse } from "@/test/typed";
import { setPreference } from "@/theme/preferences";
import { ana, messageOf, pageOf, riverside, sofia, threadOf } from "./fixtures";
import { conversation, lists, MESSAGES, openPortal, signedIn } from "./portal";

type User = Awaited<ReturnType<typeof openPortal>>["user"];

const send = (user: User) => user.click(screen.getByRole("button", { name: /^(Send message|Send again)$/ }));

async function write(user: User) {
  await user.click(await screen.findByRole("radio", { name: /Prescription refill/ }));
  await user.type(screen.getByLabelText("Subject"), "Tretinoin refill");
  await user.type(screen.getByLabelText("Your message"), "May I have a refill?");
}

/** Takes new conversations; `answers` come first, one for each try. */
function takes(...answers: (() => Response)[]) {
  const tries: { body: NewPortalThread; key: string | null }[] = [];
  server.use(
    http.post(`${MESSAGES}/threads`, async ({ request }) => {
      tries.push({ body: (await request.json()) as NewPortalThread, key: request.headers.get("idempotency-key") });
      const created: ThreadCreated = { threadId: "thread-1", messageId: "m1" };
      return answers.shift()?.() ?? HttpResponse.json({ ...created }, { status: 201 });
    }),
  );
  return tries;
}

const autoReply = messageOf("m2", {
  senderType: "system", senderName: "Automated System", isOwn: false, messageText: "Thank you for your prescription refill request.",
});

afterEach(() => setPreference("language", "en"));

describe("a new message", () => {
  it("shows the urgent notice and the practice's answer times, and none where it said none", async () => {
    signedIn([ana]);
    await openPortal("/riverside/new");
    expect(await screen.findByRole("heading", { name: /Do not send a message/ })).toBeVisible();
    expect(screen.getByRole("radio", { name: /Prescription refill/ })).toHaveAccessibleName(/Usual answer: 1 to 2 days/);
    expect(screen.getByRole("radio", { name: "Something else" })).toBeInTheDocument();
  });

  it("tells readers of another language which words are the practice's own", async () => {
    setPreference("language", "es");
    signedIn([ana]);
    await openPortal("/riverside/new");
    expect(await screen.findByText(/^Respuesta habitual/)).not.toHaveAttribute("lang");
    expect(screen.getByText("1 to 2 days")).toHaveAttribute("lang", "en");
    expect(screen.getByText(riverside.afterHoursText)).toHaveAttribute("lang", "en");
  });

  it("ties what is missing to its field and sums it up, before anybody is asked", async () => {
    signedIn([ana]);
    const tries = takes();
    const { user } = await openPortal("/riverside/new");
    await screen.findByLabelText("Subject");
    await send(user);
    const summary = screen.getByRole("alert");
    expect(summary).toHaveTextContent("3 things need your attention");
    await waitFor(() => expect(summary).toHaveFocus());
    expect(screen.getByLabelText("Subject")).toHaveAccessibleDescription(/Write a subject/);
    await user.click(screen.getByRole("link", { name: "Write your message" }));
    expect(screen.getByLabelText("Your message")).toHaveFocus();
    expect(tries).toHaveLength(0);
  });

  it("is shown with its automatic reply once the server has it", async () => {
    signedIn([ana]);
    const tries = takes();
    conversation(() => pageOf(threadOf({ messageCount: 2 }), [messageOf("m1"), autoReply]));
    const { user, history } = await openPortal("/riverside/new");
    await write(user);
    await send(user);
    expect(await screen.findByText("Your message was sent.")).toBeVisible();
    expect(screen.getByText(autoReply.messageText!)).toBeVisible();
    expect(screen.getByText("Automated System")).toBeVisible();
    expect(tries[0]?.body).toEqual({ category: "prescription", subject: "Tretinoin refill", messageText: "May I have a refill?" });
    expect(history.location.pathname).toBe("/portal/riverside/messages/thread-1");
  });

  it("keeps every word when it does not arrive, and sends again under the same key", async () => {
    signedIn([ana]);
    const tries = takes(() => problemResponse(503, "dependency_unavailable"));
    conversation(() => pageOf(threadOf(), [messageOf("m1")]));
    const { user } = await openPortal("/riverside/new");
    await write(user);
    await send(user);
    expect(await screen.findByRole("alert")).toHaveTextContent("We could not send your message.");
    expect(screen.getByLabelText("Your message")).toHaveValue("May I have a refill?");
    await send(user);
    await screen.findByText("Your message was sent.");
    expect(tries[0]?.key).toBeTruthy();
    expect(tries[1]?.key).toBe(tries[0]?.key);
  });

  it("is a new act once its words have changed", async () => {
    signedIn([ana]);
    const tries = takes(() => problemResponse(503, "dependency_unavailable"));
    conversation(() => pageOf(threadOf(), [messageOf("m1")]));
    const { user } = await openPortal("/riverside/new");
    await write(user);
    await send(user);
    await screen.findByRole("alert");
    await user.type(screen.getByLabelText("Your message"), " Please.");
    await send(user);
    await screen.findByText("Your message was sent.");
    expect(tries[1]?.key).not.toBe(tries[0]?.key);
  });

  it("shows at the field what the server refuses", async () => {
    signedIn([ana]);
    takes(() => problemResponse(422, "validation_failed", { errors: [{ pointer: "/subject", code: "line_break" }] }));
    const { user } = await openPortal("/riverside/new");
    await write(user);
    await send(user);
    await waitFor(() => expect(screen.getByLabelText("Subject")).toBeInvalid());
  });

  it("counts as the server counts: one for each code point, none for the space around", async () => {
    signedIn([ana]);
    const { user } = await openPortal("/riverside/new");
    await user.type(await screen.findByLabelText("Your message"), "  👩‍⚕️é ");
    expect(screen.getByText("5 of 5,000")).toBeVisible();
  });

  it("is still there after leaving the page, and not for another person", async () => {
    signedIn([ana]);
    lists(() => []);
    const { user } = await openPortal("/riverside/new");
    await write(user);
    await user.click(screen.getByRole("link", { name: "Keep draft and leave" }));
    await user.click(await screen.findByRole("link", { name: "Write a new message" }));
    expect(await screen.findByLabelText("Your message")).toHaveValue("May I have a refill?");
  });

  it("can be kept private by the patient alone", async () => {
    signedIn([ana]);
    const tries = takes();
    conversation(() => pageOf(threadOf({ isConfidential: true }), [messageOf("m1")]));
    const { user, unmount } = await openPortal("/riverside/new");
    await write(user);
    await user.click(screen.getByRole("checkbox", { name: /Keep this private/ }));
    await send(user);
    await screen.findByText("Your message was sent.");
    expect(tries[0]?.body.isConfidential).toBe(true);
    unmount();

    signedIn([sofia]);
    await openPortal("/riverside/new");
    expect(await screen.findByRole("heading", { name: "Write to the care team about Sofia" })).toBeVisible();
    expect(screen.queryByRole("checkbox")).toBeNull();
  });
});

it("says whom to call while somebody writes what should not wait, and lets them send", async () => {
  signedIn([ana]);
  const { user } = await openPortal("/riverside/new");
  await user.type(await screen.findByLabelText("Your message"), "Her lips are swollen and she has trouble breathing");
  expect(screen.getByRole("alert")).toHaveTextContent("Trouble breathing can be an emergency");
  expect(screen.getByRole("button", { name: "Send message" })).not.toHaveAttribute("aria-disabled");
});
