import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { UploadOptions } from "@/api/attachments";
import { ProblemError } from "@/api/problem";
import type { Attachment, MessageSent, NewPortalMessage, NewPortalThread, ThreadCreated } from "@/api/types";
import { setPreference } from "@/theme/preferences";
import { attachment, fileNamed } from "@/test/attachments";
import { server } from "@/test/server";
import { mockGet, problemResponse } from "@/test/typed";
import { attachments } from "../src/session/attachments";
import words from "../src/words/attachments.en.json";
import { ana, messageOf, pageOf, staffMessage, threadOf } from "./fixtures";
import { conversation, lists, MESSAGES, openPortal, signedIn } from "./portal";

interface Call {
  file: File;
  options: UploadOptions;
  answer: (file: Attachment) => void;
  fail: (error: unknown) => void;
}

let calls: Call[] = [];

beforeEach(() => {
  calls = [];
  vi.spyOn(attachments.calls, "upload").mockImplementation(
    (file, options) => new Promise((answer, fail) => {
      options.signal.addEventListener("abort", () => fail(new DOMException("aborted", "AbortError")));
      calls.push({ file, options, answer, fail });
    }),
  );
  vi.spyOn(attachments.calls, "remove").mockResolvedValue(undefined);
  server.use(mockGet<Attachment & object>(`${MESSAGES}/attachments/:id/status`, (_request, params) => attachment(String(params["id"]), { state: "scanning" })));
});

afterEach(() => {
  attachments.forget("all");
  setPreference("language", "en");
});

const choose = (...files: File[]) => fireEvent.change(document.querySelector("[data-files=any]")!, { target: { files } });
const arrive = (at: number, id: string) => act(async () => calls[at]?.answer(attachment(id, { state: "scanning" })));
const refuse = (at: number, code: string, status = 422) => act(async () => calls[at]?.fail(new ProblemError(code, status)));

async function openNew() {
  signedIn([ana]);
  const sent: NewPortalThread[] = [];
  server.use(
    http.post(`${MESSAGES}/threads`, async ({ request }) => {
      sent.push((await request.json()) as NewPortalThread);
      const created: ThreadCreated = { threadId: "thread-1", messageId: "m1" };
      return HttpResponse.json({ ...created }, { status: 201 });
    }),
  );
  conversation(() => pageOf(threadOf(), [messageOf("m1")]));
  const portal = await openPortal("/riverside/new");
  const { user } = portal;
  await user.click(await screen.findByRole("radio", { name: /Health question|Pregunta de salud/ }));
  const [subject, text] = screen.getAllByRole("textbox");
  await user.type(subject!, "My knee");
  await user.type(text!, "Please look.");
  return { ...portal, sent };
}

describe("a new message with files", () => {
  it("tells what may be added, as the server says it", async () => {
    await openNew();
    const group = screen.getByRole("group", { name: "Photos or files" });
    expect(group).toHaveAccessibleDescription("You can leave this out. JPG, PNG, GIF, PDF, or Word (DOCX), up to 10 MB each. We remove the place where a photo was taken.");
    expect(document.querySelector("[data-files=any]")).toHaveAttribute("accept", expect.stringContaining("image/jpeg,.jpg,.jpeg"));
  });

  it("waits for them, says so, and is sent once", async () => {
    const { user, sent } = await openNew();
    choose(fileNamed("knee.jpg"), fileNamed("letter.pdf", "application/pdf"));
    act(() => calls[0]?.options.onProgress(0.4));
    expect(screen.getByRole("progressbar", { name: "Sending knee.jpg" })).toHaveAttribute("aria-valuenow", "40");
    await user.click(screen.getByRole("button", { name: "Send message" }));
    expect(screen.getByText("We send your message when 2 files are done. Keep this page open.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Waiting for your files…" }));
    await arrive(1, "f2");
    expect(sent).toEqual([]);
    await arrive(0, "f1");
    expect(await screen.findByText("Your message was sent.")).toBeVisible();
    expect(sent).toEqual([{ category: "medical", subject: "My knee", messageText: "Please look.", attachmentIds: ["f1", "f2"] }]);
  });

  it("is not sent without a file that did not work, until its writer says so", async () => {
    const { user, sent } = await openNew();
    choose(fileNamed("knee.jpg"));
    await user.click(screen.getByRole("button", { name: "Send message" }));
    await refuse(0, "file_type_mismatch");
    expect(await screen.findByRole("alert")).toHaveTextContent("Your message was not sent. One file did not work.");
    expect(sent).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Send message" }));
    await screen.findByText("Your message was sent.");
    expect(sent).toHaveLength(1);
    expect(sent[0]).not.toHaveProperty("attachmentIds");
  });

  it("keeps its files for its writer who leaves the page and comes back", async () => {
    const { user } = await openNew();
    lists(() => []);
    choose(fileNamed("knee.jpg"));
    await arrive(0, "f1");
    await user.click(screen.getByRole("link", { name: "Keep draft and leave" }));
    await user.click(await screen.findByRole("link", { name: "Write a new message" }));
    expect(await screen.findByText("knee.jpg")).toBeVisible();
    expect(calls).toHaveLength(1);
  });

  it.each(Object.keys(words.refusal).filter((code) => !["heic", "old_word", "empty_file", "too_many_files", "other"].includes(code)))(
    "says in plain words why a file was not added: %s",
    async (code) => {
      await openNew();
      choose(fileNamed("x.jpg"));
      await refuse(0, code);
      const reason = words.refusal[code as keyof typeof words.refusal].replace("{{size}}", "10 MB").replace("{{kinds}}", "JPG, PNG, GIF, PDF, or Word (DOCX)");
      expect(screen.getByText("x.jpg was not added.").parentElement).toHaveTextContent(reason);
    },
  );
});

it.each([
  ["en", "On your iPhone, go to Settings, Camera, Formats and choose “Most Compatible”. Then take the photo again."],
  ["es", "En su iPhone, vaya a Ajustes, Cámara, Formatos y elija «El más compatible». Luego tome la foto de nuevo."],
] as const)("tells the way out of HEIC in %s", async (language, wayOut) => {
  setPreference("language", language);
  await openNew();
  choose(fileNamed("IMG_4412.HEIC", ""));
  expect(screen.getByText(/^IMG_4412.HEIC (was not added|no se agregó)\.$/).parentElement).toHaveTextContent(wayOut);
  expect(calls).toEqual([]);
});

describe("a reply with files", () => {
  async function openReply(...answers: (() => Response)[]) {
    signedIn([ana]);
    const tries: { body: NewPortalMessage; key: string | null }[] = [];
    server.use(
      http.post(`${MESSAGES}/threads/:id/messages`, async ({ request }) => {
        tries.push({ body: (await request.json()) as NewPortalMessage, key: request.headers.get("idempotency-key") });
        const sent: MessageSent = { messageId: "m9" };
        return answers.shift()?.() ?? HttpResponse.json({ ...sent }, { status: 201 });
      }),
    );
    conversation(() => pageOf(threadOf(), [messageOf("m1")]));
    const portal = await openPortal("/riverside/messages/thread-1");
    await portal.user.type(await screen.findByLabelText("Write a reply"), "Here it is.");
    return { ...portal, tries };
  }

  it("takes what is pasted, keeps it with the words when sending fails, and repeats the same act", async () => {
    const { user, tries } = await openReply(() => problemResponse(503, "dependency_unavailable"));
    fireEvent.paste(screen.getByLabelText("Write a reply"), { clipboardData: { files: [fileNamed("today.png", "image/png")], types: ["Files"] } });
    await arrive(0, "f1");
    await user.click(screen.getByRole("button", { name: "Send reply" }));
    expect(await screen.findByText("With 1 file. It is saved on this page too.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Send again" }));
    await waitFor(() => expect(tries).toHaveLength(2));
    expect(tries[0]?.body).toMatchObject({ messageText: "Here it is.", attachmentIds: ["f1"] });
    expect(tries[1]).toEqual(tries[0]);
    await waitFor(() => expect(screen.queryByText("today.png")).toBeNull());
  });

  it("shows what is waited for, and can still be held back", async () => {
    const { user, tries } = await openReply();
    choose(fileNamed("today.jpg"));
    await user.click(screen.getByRole("button", { name: "Send reply" }));
    await user.click(screen.getByRole("button", { name: "Do not send yet" }));
    await arrive(0, "f1");
    expect(tries).toEqual([]);
    expect(screen.getByLabelText("Write a reply")).toHaveValue("Here it is.");
  });
});

it("shows the care team's document, and downloads it", async () => {
  signedIn([ana]);
  const plan = attachment("plan", { filename: "care-plan.pdf", mimeType: "application/pdf", fileSize: 188_416, hasThumbnail: false });
  conversation(() => pageOf(threadOf(), [staffMessage("m1", "Your plan", { attachments: [plan], hasAttachments: true })]));
  server.use(http.get(`${MESSAGES}/attachments/plan`, () => HttpResponse.arrayBuffer(new Uint8Array([1]).buffer)));
  const offered: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    offered.push(this.download);
  });
  const { user } = await openPortal("/riverside/messages/thread-1");
  const log = await screen.findByRole("log");
  const card = within(log).getByRole("button", { name: /care-plan.pdf/ });
  expect(card).toHaveTextContent("PDF, 184 KB");
  await user.click(card);
  await waitFor(() => expect(offered).toEqual(["care-plan.pdf"]));
  expect(await screen.findByText("care-plan.pdf was downloaded.")).toBeInTheDocument();
});
