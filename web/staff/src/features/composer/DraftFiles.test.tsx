import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { UploadOptions } from "@/api/attachments";
import { ProblemError } from "@/api/problem";
import type { Attachment, MessageSent, NewStaffMessage } from "@/api/types";
import { attachment, fileNamed } from "@/test/attachments";
import { server } from "@/test/server";
import { mockGet, mockPost } from "@/test/typed";
import words from "../../attachments.en.json";
import { attachments } from "../../data/attachments";
import { THREAD } from "../../test/fixtures";
import { renderApp } from "../../test/renderApp";
import { clearDraft } from "./drafts";

interface Call {
  file: File;
  options: UploadOptions;
  answer: (file: Attachment) => void;
  fail: (error: unknown) => void;
}

let calls: Call[] = [];
let removed: string[] = [];

beforeEach(() => {
  calls = [];
  removed = [];
  vi.spyOn(attachments.calls, "upload").mockImplementation(
    (file, options) => new Promise((answer, fail) => {
      options.signal.addEventListener("abort", () => fail(new DOMException("aborted", "AbortError")));
      calls.push({ file, options, answer, fail });
    }),
  );
  vi.spyOn(attachments.calls, "remove").mockImplementation(async (id) => void removed.push(id));
});

afterEach(() => {
  attachments.forget("all");
  clearDraft(THREAD, "reply");
  clearDraft(THREAD, "note");
});

function recordSends(): NewStaffMessage[] {
  const sent: NewStaffMessage[] = [];
  server.use(
    mockPost<MessageSent>("/api/patient-messages/threads/:id/messages", async (request) => {
      sent.push((await request.json()) as NewStaffMessage);
      return HttpResponse.json({ messageId: "m9" }, { status: 201 });
    }),
    mockGet<Attachment & object>("/api/patient-messages/attachments/:id/status", (_request, params) => attachment(String(params.id), { state: "scanning" })),
  );
  return sent;
}

const replyBox = () => screen.findByRole("textbox", { name: "Message to Ana Silva" });
const noteBox = () => screen.findByRole("textbox", { name: /Internal note, patient cannot/ });
const field = () => document.querySelector<HTMLInputElement>("[data-files=any]")!;
const choose = (...files: File[]) => fireEvent.change(field(), { target: { files } });
const arrive = (at: number, id: string) => act(async () => calls[at]?.answer(attachment(id, { state: "scanning" })));
const refuse = (at: number, code: string, status = 422) => act(async () => calls[at]?.fail(new ProblemError(code, status)));
const sendByKey = "{Control>}{Enter}{/Control}";

describe("an upload in the composer", () => {
  it("shows its progress, and can be cancelled", async () => {
    const { user } = await renderApp();
    await replyBox();
    choose(fileNamed("left-eye.jpg"));
    act(() => calls[0]?.options.onProgress(0.62));
    expect(screen.getByRole("progressbar", { name: "Sending left-eye.jpg" })).toHaveAttribute("aria-valuenow", "62");
    expect(screen.getByRole("img", { name: "left-eye.jpg, photo" })).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Stop sending left-eye.jpg" }));
    expect(calls[0]?.options.signal.aborted).toBe(true);
    expect(screen.queryByText("left-eye.jpg")).not.toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole("button", { name: "Attach files" })).toHaveFocus());
  });

  it("is taken back from the server when its file is removed", async () => {
    const { user } = await renderApp();
    await replyBox();
    choose(fileNamed("left-eye.jpg"));
    await arrive(0, "f1");
    expect(screen.getByText("Being checked")).toBeInTheDocument();
    expect(screen.getByText("left-eye.jpg is attached.")).toHaveAttribute("aria-live", "polite");
    await user.click(screen.getByRole("button", { name: "Remove left-eye.jpg" }));
    expect(removed).toEqual(["f1"]);
  });

  it("that failed says so at once, keeps Send shut, and can be tried again", async () => {
    const sent = recordSends();
    const { user } = await renderApp();
    await user.type(await replyBox(), "See the photo");
    choose(fileNamed("left-eye.jpg"));
    await refuse(0, "quota_exceeded", 429);
    expect(screen.getByText("left-eye.jpg could not be sent. You have reached today’s limit for files.")).toHaveAttribute("aria-live", "assertive");
    expect(screen.getByRole("button", { name: /Send to Ana/ })).toHaveAccessibleDescription("1 file did not arrive. Try again or remove it.");
    await user.type(await replyBox(), sendByKey);
    expect(sent).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Try again: left-eye.jpg" }));
    expect(calls).toHaveLength(2);
    expect(screen.getByRole("button", { name: "Stop sending left-eye.jpg" })).toHaveFocus();
  });

  it.each(["file_too_large", "file_type_mismatch", "active_content", "encrypted_file", "image_too_large", "archive_rejected", "malware_detected"] as const)(
    "refused as %s says why in words",
    async (code) => {
      await renderApp();
      await replyBox();
      choose(fileNamed("x.pdf", "application/pdf"));
      await refuse(0, code);
      const reason = words.refusal[code].replace("{{size}}", "10 MB");
      expect(screen.getByText("x.pdf was not added.").parentElement).toHaveTextContent(reason);
      expect(screen.getByText(`x.pdf was not added. ${reason}`)).toHaveAttribute("aria-live", "polite");
    },
  );

  it("of a HEIC photo never begins, and the way out is told", async () => {
    const { user } = await renderApp();
    await replyBox();
    choose(fileNamed("IMG_4412.heic", "image/heic"));
    expect(screen.getByText("IMG_4412.heic was not added.").parentElement).toHaveTextContent(/Settings, Camera, Formats, “Most Compatible”/);
    expect(calls).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Got it" }));
    expect(screen.queryByText("IMG_4412.heic was not added.")).not.toBeInTheDocument();
  });

  it("comes by paste and by drop, and leaves pasted words to the text", async () => {
    const { user } = await renderApp();
    const box = await replyBox();
    await user.click(box);
    fireEvent.paste(box, { clipboardData: { files: [fileNamed("screenshot.png", "image/png")], types: ["Files"] } });
    fireEvent.paste(box, { clipboardData: { files: [fileNamed("of-the-text.png", "image/png")], types: ["text/plain", "text/html", "Files"] } });
    fireEvent.paste(box, { clipboardData: { files: [fileNamed("from-the-finder.jpg")], types: ["text/plain", "Files"] } });
    const log = screen.getByRole("log");
    const dataTransfer = { files: [fileNamed("plan.pdf", "application/pdf")], types: ["Files"], dropEffect: "none" };
    fireEvent.dragEnter(log, { dataTransfer });
    expect(screen.getByText("Drop to attach to your reply to Ana")).toBeInTheDocument();
    fireEvent.drop(log, { dataTransfer });
    expect(screen.queryByText("Drop to attach to your reply to Ana")).not.toBeInTheDocument();
    expect(calls.map(({ file }) => file.name)).toEqual(["screenshot.png", "from-the-finder.jpg", "plan.pdf"]);
  });

  it("goes on while its writer looks at another conversation", async () => {
    const first = await renderApp();
    await replyBox();
    choose(fileNamed("left-eye.jpg"));
    first.unmount();
    await arrive(0, "f1");
    await renderApp();
    await replyBox();
    expect(screen.getByText("left-eye.jpg")).toBeInTheDocument();
    expect(calls).toHaveLength(1);
  });
});

describe("Send", () => {
  it("waits for the uploads, says so, and sends once", async () => {
    const sent = recordSends();
    const { user } = await renderApp();
    const box = await replyBox();
    await user.type(box, "See the photos");
    choose(fileNamed("a.jpg"), fileNamed("b.jpg"));
    await user.type(box, sendByKey);
    expect(screen.getByText("Sends when 2 uploads are done.")).toBeInTheDocument();
    expect(box).toHaveAttribute("readonly");
    await user.type(box, sendByKey);
    await user.click(screen.getByRole("button", { name: /Waiting for files/ }));
    await arrive(0, "f1");
    expect(sent).toEqual([]);
    expect(screen.getByText("Sends when 1 upload is done.")).toBeInTheDocument();
    await arrive(1, "f2");
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toEqual({ messageText: "See the photos", lastSeenMessageId: "m2", attachmentIds: ["f1", "f2"] });
    await waitFor(async () => expect(await replyBox()).toHaveValue(""));
    expect(screen.queryByRole("list", { name: "Attached files" })).not.toBeInTheDocument();
    expect(removed).toEqual([]);
    expect(sent).toHaveLength(1);
  });

  it("can be called off while it waits", async () => {
    const sent = recordSends();
    const { user } = await renderApp();
    await user.type(await replyBox(), "See the photo");
    choose(fileNamed("a.jpg"));
    await user.type(await replyBox(), sendByKey);
    await user.click(screen.getByRole("button", { name: "Not yet" }));
    await arrive(0, "f1");
    expect(await replyBox()).toHaveValue("See the photo");
    expect(sent).toEqual([]);
  });

  it("does not go without a file that was refused meanwhile", async () => {
    const sent = recordSends();
    const { user } = await renderApp();
    await user.type(await replyBox(), "See the photo");
    choose(fileNamed("a.jpg"));
    await user.type(await replyBox(), sendByKey);
    await refuse(0, "encrypted_file");
    expect(await screen.findByRole("alert")).toHaveTextContent("Not sent. A file did not arrive.");
    expect(sent).toEqual([]);
    expect(await replyBox()).toHaveValue("See the photo");
  });

  it("goes on from another conversation, with the words and the files it was pressed for", async () => {
    const sent = recordSends();
    const { user, unmount } = await renderApp();
    await user.type(await replyBox(), "See the photo");
    choose(fileNamed("a.jpg"));
    await user.type(await replyBox(), sendByKey);
    unmount();
    await arrive(0, "f1");
    await waitFor(() => expect(sent.map(({ attachmentIds }) => attachmentIds)).toEqual([["f1"]]));
  });
});

describe("a note's files", () => {
  it("say everywhere that the patient cannot see them, and never cross over to the reply", async () => {
    const sent = recordSends();
    const { user } = await renderApp();
    await replyBox();
    await user.keyboard("n");
    await user.type(await noteBox(), "Chart attached");
    expect(screen.getByRole("button", { name: "Attach files to the note. Patient cannot see them" })).toBeInTheDocument();
    choose(fileNamed("chart.pdf", "application/pdf"));
    await arrive(0, "f1");
    const list = screen.getByRole("list", { name: "Files of the note. Patient cannot see them" });
    expect(within(list).getByText("chart.pdf")).toBeInTheDocument();
    fireEvent.dragEnter(screen.getByRole("log"), { dataTransfer: { files: [], types: ["Files"] } });
    expect(screen.getByText("Drop to attach to the internal note. Patient cannot see this")).toBeInTheDocument();
    await user.click(screen.getByRole("tab", { name: "Reply to patient" }));
    await replyBox();
    expect(screen.queryByText("chart.pdf")).not.toBeInTheDocument();
    await user.click(screen.getByRole("tab", { name: "Internal note" }));
    await user.type(await noteBox(), "{Alt>}{Enter}{/Alt}");
    await waitFor(() => expect(sent).toEqual([{ messageText: "Chart attached", isInternalNote: true, mentions: [], attachmentIds: ["f1"] }]));
  });
});
