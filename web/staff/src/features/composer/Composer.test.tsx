import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse } from "msw";
import { afterEach, describe, expect, it } from "vitest";
import type { MessageSent, NewStaffMessage, StaffList, StaffMember, StaffMessage, StaffThreadPage } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPost, problemResponse } from "@/test/typed";
import { reloadThread } from "../../data/threads";
import { detail, me, message, page, THREAD } from "../../test/fixtures";
import { renderApp } from "../../test/renderApp";
import { clearDraft } from "./drafts";

const SEND = "/api/patient-messages/threads/:id/messages";
const replyBox = () => screen.findByRole("textbox", { name: "Message to Ana Silva" });
const noteBox = () => screen.findByRole("textbox", { name: /Internal note, patient cannot/ });

interface Sent {
  body: NewStaffMessage;
  key: string | null;
}

/** Records what is sent; answers from the list, then 201. */
function recordSends(...answers: (() => Response)[]): Sent[] {
  const sent: Sent[] = [];
  server.use(
    mockPost<MessageSent>(SEND, async (request) => {
      sent.push({ body: (await request.json()) as NewStaffMessage, key: request.headers.get("idempotency-key") });
      return answers[sent.length - 1]?.() ?? HttpResponse.json({ messageId: "m9" }, { status: 201 });
    }),
  );
  return sent;
}

afterEach(() => {
  clearDraft(THREAD, "reply");
  clearDraft(THREAD, "note");
});

describe("reply and note", () => {
  it("keep drafts of their own and never carry words across", async () => {
    const { user } = await renderApp();
    await user.type(await replyBox(), "for the patient");
    await user.click(screen.getByRole("tab", { name: "Internal note" }));
    const note = await noteBox();
    expect(note).toHaveValue("");
    await user.type(note, "for the team");
    await user.click(screen.getByRole("tab", { name: "Reply to patient" }));
    expect(await replyBox()).toHaveValue("for the patient");
  });

  it("open in reply mode, whatever mode was used last", async () => {
    const first = await renderApp();
    await replyBox();
    await first.user.keyboard("n");
    expect(await noteBox()).toHaveFocus();
    first.unmount();
    await renderApp();
    expect(await replyBox()).toBeInTheDocument();
  });

  it("answer to their own key alone", async () => {
    const sent = recordSends();
    const { user } = await renderApp();
    await user.type(await replyBox(), "to the patient{Alt>}{Enter}{/Alt}");
    await user.click(screen.getByRole("tab", { name: "Internal note" }));
    await user.type(await noteBox(), "to the team{Control>}{Enter}{/Control}");
    expect(sent).toEqual([]);
    await user.type(await noteBox(), "{Alt>}{Enter}{/Alt}");
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body).toEqual({ messageText: "to the team", isInternalNote: true, mentions: [] });
    await user.click(screen.getByRole("tab", { name: "Reply to patient" }));
    await user.type(await replyBox(), "{Control>}{Enter}{/Control}");
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.body).toEqual({ messageText: "to the patient", lastSeenMessageId: "m2" });
  });

  it("mention colleagues by id", async () => {
    const sent = recordSends();
    const { user } = await renderApp();
    await replyBox();
    await user.keyboard("n");
    await user.type(await noteBox(), "@Dr. Amara Okafor please look{Alt>}{Enter}{/Alt}");
    await waitFor(() => expect(sent[0]?.body.mentions).toEqual(["s2"]));
  });
});

it("does not take the focus when it comes back on a reopened conversation", async () => {
  const { user } = await renderApp();
  await replyBox();
  await user.keyboard("n");
  expect(await noteBox()).toHaveFocus();
  await user.keyboard("{Escape}r{Escape}");
  const show = async (status: "closed" | "open") => {
    server.use(mockGet<StaffThreadPage>("/api/patient-messages/threads/:id", page(detail({ status }), [message("m1"), message("m2")])));
    await reloadThread(THREAD);
  };
  await show("closed");
  expect(await screen.findByText(/This conversation is closed/)).toBeInTheDocument();
  await show("open");
  expect(await replyBox()).not.toHaveFocus();
});

it("lets Escape out of the text, where single keys work, and keeps the words", async () => {
  const { user } = await renderApp();
  await user.type(await replyBox(), "half a reply");
  await user.keyboard("{Escape}n");
  expect(await noteBox()).toHaveFocus();
  await user.keyboard("{Escape}r");
  expect(await replyBox()).toHaveValue("half a reply");
});

describe("a blank", () => {
  it("stops the send, is pointed at, and lets Tab move on", async () => {
    const sent = recordSends();
    const { user } = await renderApp();
    const box = (await replyBox()) as HTMLTextAreaElement;
    await user.type(box, "From [[first date] to [[second date] at 9{Control>}{Enter}{/Control}");
    expect(sent).toEqual([]);
    expect(screen.getByRole("alert")).toHaveTextContent("2 blanks to fill in before you can send: [first date], [second date]");
    expect(screen.getByRole("button", { name: /Send to Ana/ })).toHaveAttribute("aria-disabled", "true");
    const selected = () => box.value.slice(box.selectionStart, box.selectionEnd);
    expect(selected()).toBe("[first date]");
    await user.keyboard("{Tab}");
    expect(selected()).toBe("[second date]");
    await user.keyboard("Friday");
    expect(screen.getByRole("alert")).toHaveTextContent("1 blank");
  });

  it("arrives selected with the canned response that has it", async () => {
    const { user } = await renderApp();
    const box = (await replyBox()) as HTMLTextAreaElement;
    await user.click(box);
    await user.keyboard("/");
    const picker = await screen.findByRole("dialog", { name: "Canned responses" });
    expect(within(picker).getByText("Goes into your reply to the patient")).toBeInTheDocument();
    await within(picker).findByRole("option", { name: /Need More Information/ });
    await user.keyboard("need{Enter}");
    await waitFor(() => expect(box).toHaveValue("Please provide [specific details needed]."));
    expect(box.value.slice(box.selectionStart, box.selectionEnd)).toBe("[specific details needed]");
  });
});

it("counts code points, as the server does", async () => {
  const { user } = await renderApp();
  await user.click(await replyBox());
  await user.paste("👍👍 你好");
  expect(screen.getByText("5 / 5,000")).toBeInTheDocument();
});

it("refuses more than 5,000 code points", async () => {
  const sent = recordSends();
  const { user } = await renderApp();
  await user.click(await replyBox());
  await user.paste("👍".repeat(5001));
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(screen.getByText("5,001 / 5,000")).toHaveClass("counter--over");
  expect(screen.getByText("1 character too many")).toBeInTheDocument();
  expect(sent).toEqual([]);
});

describe("what sending does besides", () => {
  it("goes out with the words themselves, so that both happen or neither", async () => {
    const sent = recordSends();
    const { user } = await renderApp();
    await user.type(await replyBox(), "All done.");
    await user.click(screen.getByRole("button", { name: "Other ways to send" }));
    await user.click(await screen.findByRole("menuitem", { name: "Send and close" }));
    await waitFor(() => expect(sent.map(({ body }) => body)).toEqual([{ messageText: "All done.", lastSeenMessageId: "m2", then: "close" }]));
  });

  it("is kept by Send again, with the same key", async () => {
    const sent = recordSends(() => problemResponse(503, "dependency_unavailable"));
    const { user } = await renderApp();
    await user.type(await replyBox(), "Please look.");
    await user.click(screen.getByRole("button", { name: "Other ways to send" }));
    await user.click(await screen.findByRole("menuitem", { name: "Send and wait for provider" }));
    await user.click(await screen.findByRole("button", { name: "Send again" }));
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]).toEqual(sent[0]);
    expect(sent[0]?.body).toMatchObject({ then: "wait-for-provider" });
  });
});

it("offers colleagues after an @, and tells whom the note tells", async () => {
  const sent = recordSends();
  const { user } = await renderApp();
  await replyBox();
  await user.keyboard("n");
  await user.type(await noteBox(), "Hi @oka");
  expect(await screen.findByRole("option", { name: /Dr. Amara Okafor/ })).toHaveAttribute("aria-selected", "true");
  await user.keyboard("{Enter}");
  expect(await noteBox()).toHaveValue("Hi @Dr. Amara Okafor ");
  expect(screen.queryByRole("option")).not.toBeInTheDocument();
  expect(within(screen.getByRole("group", { name: "Tells" })).getByText("Dr. Amara Okafor")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Do not tell Dr. Amara Okafor" }));
  await user.click(await noteBox());
  await user.keyboard("{Alt>}{Enter}{/Alt}");
  await waitFor(() => expect(sent[0]?.body).toMatchObject({ messageText: "Hi Dr. Amara Okafor", mentions: [] }));
});

describe("colleagues with like names", () => {
  const member = (id: string, fullName: string, title: string, categories: StaffMember["categories"] = ["medical"]): StaffMember => ({ id, fullName, title, role: "nurse", categories });
  const staff = [member("li", "Ana Li", "RN"), member("lima", "Ana Lima", "MD"), member("eva1", "Eva Ruiz", "RN"), member("eva2", "Eva Ruiz", "MD"), member("bo", "Bo Berg", "Billing", ["billing"])];
  const told = () => within(screen.getByRole("group", { name: "Tells" })).getAllByRole("button").map((button) => button.getAttribute("aria-label"));

  async function openNote() {
    const sent = recordSends();
    const { user } = await renderApp({ handlers: [mockGet<StaffList>("/api/staff", { staff })] });
    await replyBox();
    await user.keyboard("n");
    await noteBox();
    return { sent, user, save: () => user.keyboard("{Alt>}{Enter}{/Alt}") };
  }

  it("are told by their whole names, and taken off by them", async () => {
    const { sent, user, save } = await openNote();
    await user.type(await noteBox(), "@Ana Lima and @Ana Li, see");
    expect(told()).toEqual(["Do not tell Ana Lima", "Do not tell Ana Li"]);
    await user.click(screen.getByRole("button", { name: "Do not tell Ana Li" }));
    expect(await noteBox()).toHaveValue("@Ana Lima and Ana Li, see");
    await user.click(await noteBox());
    await save();
    await waitFor(() => expect(sent[0]?.body).toMatchObject({ mentions: ["lima"] }));
  });

  it("who have the same name are told apart by the choice", async () => {
    const { sent, user, save } = await openNote();
    await user.type(await noteBox(), "@eva");
    await user.click(await screen.findByRole("option", { name: /Eva Ruiz MD/ }));
    expect(told()).toEqual(["Do not tell Eva Ruiz"]);
    await save();
    await waitFor(() => expect(sent[0]?.body).toMatchObject({ mentions: ["eva2"] }));
  });

  it("who have the same name stand side by side where nobody chose, and one can be left out", async () => {
    const { sent, user, save } = await openNote();
    await user.type(await noteBox(), "Ask @Eva Ruiz, please");
    expect(told()).toEqual(["Do not tell Eva Ruiz, RN", "Do not tell Eva Ruiz, MD"]);
    await user.click(screen.getByRole("button", { name: "Do not tell Eva Ruiz, RN" }));
    expect(await noteBox()).toHaveValue("Ask @Eva Ruiz, please");
    await user.click(await noteBox());
    await save();
    await waitFor(() => expect(sent[0]?.body).toMatchObject({ mentions: ["eva2"] }));
  });

  it("who cannot see the conversation are said not to be told", async () => {
    const { sent, user, save } = await openNote();
    await user.type(await noteBox(), "@Bo Berg look");
    expect(await screen.findByText("Bo Berg cannot see this conversation and is not told.")).toBeInTheDocument();
    await save();
    await waitFor(() => expect(sent[0]?.body).toMatchObject({ mentions: [] }));
  });
});

describe("a send that fails", () => {
  it("keeps the words, and Send again uses the same key", async () => {
    const sent = recordSends(() => problemResponse(503, "dependency_unavailable"));
    const { user } = await renderApp();
    await user.type(await replyBox(), "Hello{Control>}{Enter}{/Control}");
    const again = await screen.findByRole("button", { name: "Send again" });
    expect(screen.getByRole("alert")).toHaveTextContent("Your words are kept.");
    expect(await replyBox()).toHaveValue("Hello");
    await user.click(again);
    await waitFor(async () => expect(await replyBox()).toHaveValue(""));
    expect(sent).toHaveLength(2);
    expect(sent[0]?.key).toBeTruthy();
    expect(sent[1]?.key).toBe(sent[0]?.key);
  });

  it("is repeated to the letter, though more has come onto the screen since", async () => {
    const sent = recordSends(() => problemResponse(503, "dependency_unavailable"));
    const { user } = await renderApp();
    await user.type(await replyBox(), "Hello{Control>}{Enter}{/Control}");
    const again = await screen.findByRole("button", { name: "Send again" });
    // The server had it after all, and the list of messages says so before the answer does.
    server.use(mockGet<StaffThreadPage>("/api/patient-messages/threads/:id", page(detail(), [message("m2"), message("m9", { senderType: "staff", senderId: me().user.id, messageText: "Hello" })])));
    await reloadThread(THREAD);
    await screen.findByText("Hello", { selector: ".bubble *" });
    await user.click(again);
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]).toEqual(sent[0]);
  });

  it("gets a new key once the words change", async () => {
    const sent = recordSends(() => problemResponse(503, "dependency_unavailable"));
    const { user } = await renderApp();
    await user.type(await replyBox(), "Hello{Control>}{Enter}{/Control}");
    await screen.findByRole("button", { name: "Send again" });
    await user.type(await replyBox(), "!{Control>}{Enter}{/Control}");
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.key).not.toBe(sent[0]?.key);
  });
});

describe("a stale reply", () => {
  const missed: StaffMessage[] = [message("m3", { messageText: "now my lips tingle" })];
  const stale = () => problemResponse(409, "stale_reply", { missed });

  it("shows what was missed and goes back to the same words", async () => {
    recordSends(stale);
    const { user } = await renderApp();
    await user.type(await replyBox(), "Come in at 11:30{Control>}{Enter}{/Control}");
    const dialog = await screen.findByRole("alertdialog", { name: "Ana wrote again while you were typing" });
    expect(within(dialog).getByText("now my lips tingle")).toBeInTheDocument();
    expect(within(dialog).getByText("Come in at 11:30")).toBeInTheDocument();
    await user.click(within(dialog).getByRole("button", { name: "Edit my reply" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
    expect(await replyBox()).toHaveValue("Come in at 11:30");
  });

  it("can be sent unchanged, as one that has seen the missed message", async () => {
    const sent = recordSends(stale);
    const { user } = await renderApp();
    await user.type(await replyBox(), "Come in at 11:30{Control>}{Enter}{/Control}");
    await user.click(await screen.findByRole("button", { name: "Send it unchanged" }));
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.body.lastSeenMessageId).toBe("m3");
    expect(sent[1]?.key).not.toBe(sent[0]?.key);
  });
});

it("offers no reply on a closed conversation, but a note", async () => {
  const { user } = await renderApp({ thread: detail({ status: "closed", closedAt: "2026-03-12T10:00:00.000Z" }) });
  expect(await screen.findByText(/This conversation is closed/)).toBeInTheDocument();
  expect(screen.queryByRole("textbox", { name: /Message to/ })).not.toBeInTheDocument();
  await user.click(screen.getByRole("tab", { name: "Internal note" }));
  expect(await noteBox()).toBeInTheDocument();
});

it("names every proxy who will read along, and none on a confidential conversation", async () => {
  const patient = { ...detail().patient, proxies: [{ fullName: "Lucía Hernández", relationship: "caregiver" as const, expiresAt: null }] };
  const view = await renderApp({ thread: detail({ patient }) });
  expect(await screen.findByText(/Lucía Hernández \(caregiver\) will see it too/)).toBeInTheDocument();
  view.unmount();
  await renderApp({ thread: detail({ patient, isConfidential: true }) });
  await replyBox();
  expect(screen.queryByText(/will see it too/)).not.toBeInTheDocument();
});
