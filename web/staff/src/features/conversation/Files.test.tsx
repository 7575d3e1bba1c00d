import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Attachment, ThreadAttachments } from "@/api/types";
import { attachment } from "@/test/attachments";
import { server } from "@/test/server";
import { mockGet } from "@/test/typed";
import { attachments } from "../../data/attachments";
import { message } from "../../test/fixtures";
import { renderApp } from "../../test/renderApp";

const B = "/api/patient-messages";
const pdf = attachment("plan", { filename: "care-plan.pdf", mimeType: "application/pdf", fileSize: 188_416, hasThumbnail: false });
let asked: string[] = [];

beforeEach(() => {
  asked = [];
  const bytes = () => HttpResponse.arrayBuffer(new Uint8Array([1]).buffer, { headers: { "content-type": "image/jpeg" } });
  server.use(
    http.get(`${B}/attachments/:id/thumbnail`, bytes),
    http.get(`${B}/attachments/:id`, ({ params }) => (asked.push(String(params["id"])), bytes())),
  );
});

afterEach(() => attachments.forget("all"));

async function show(files: Attachment[][]) {
  server.use(
    mockGet<ThreadAttachments & object>(`${B}/threads/:id/attachments`, {
      attachments: files.flatMap((group, at) =>
        group.map((file) => ({ ...file, messageId: `m${at + 1}`, sentAt: `2026-03-${11 + at}T09:42:00.000Z`, senderType: "patient" as const })),
      ),
    }),
  );
  return renderApp({ messages: files.map((group, at) => message(`m${at + 1}`, { attachments: group, hasAttachments: true, sentAt: `2026-03-${11 + at}T09:42:00.000Z` })) });
}

const thumb = async (name: string) => within(await screen.findByRole("log")).findByRole("button", { name: new RegExp(name) });

it("opens a photo in full, with every key of the viewer, and gives the focus back", async () => {
  const { user } = await show([[attachment("first")], [attachment("second")]]);
  const opener = await thumb("first.jpg, photo");
  await user.click(opener);
  const dialog = await screen.findByRole("dialog", { name: "Photo viewer" });
  const picture = () => within(dialog).findByRole("img", { name: /jpg, photo/ });
  expect(await picture()).toHaveAccessibleName("first.jpg, photo, 100%");
  await user.keyboard("+");
  expect(await picture()).toHaveAccessibleName("first.jpg, photo, 150%");
  await user.keyboard("-");
  expect(await picture()).toHaveAccessibleName("first.jpg, photo, 100%");
  await user.keyboard("++0");
  expect(await picture()).toHaveAccessibleName("first.jpg, photo, 100%");
  await user.keyboard("r");
  expect((await picture()).style.transform).toBe("rotate(90deg)");
  await user.keyboard("{ArrowRight}");
  expect(await picture()).toHaveAccessibleName("second.jpg, photo, 100%");
  expect((await picture()).style.transform).toBe("rotate(0deg)");
  // An enlarged photo moves under the arrows; the next one comes by its button or Page Down.
  await user.keyboard("+{ArrowRight}");
  expect(await picture()).toHaveAccessibleName("second.jpg, photo, 150%");
  await user.keyboard("{PageUp}");
  expect(await picture()).toHaveAccessibleName("first.jpg, photo, 100%");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(opener).toHaveFocus();
  expect(asked).toEqual(["first", "second", "first"]);
});

it("keeps the focus among its own buttons", async () => {
  const { user } = await show([[attachment("first"), attachment("second")]]);
  await user.click(await thumb("first.jpg, photo"));
  const dialog = await screen.findByRole("dialog", { name: "Photo viewer" });
  await waitFor(() => expect(dialog).toContainElement(document.activeElement as HTMLElement));
  for (let press = 0; press < 12; press += 1) {
    await user.tab();
    expect(dialog).toContainElement(document.activeElement as HTMLElement);
  }
});

it("hands documents to the browser's downloads", async () => {
  const offered: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    offered.push(this.download);
  });
  const { user } = await show([[pdf]]);
  await user.click(await screen.findByRole("button", { name: /care-plan.pdf/ }));
  await waitFor(() => expect(offered).toEqual(["care-plan.pdf"]));
  expect(asked).toEqual(["plan"]);
});

it("says of what cannot be opened why, and opens it once it was checked", async () => {
  server.use(mockGet<Attachment & object>(`${B}/attachments/:id/status`, attachment("slow")));
  await show([[attachment("slow", { state: "scanning" }), attachment("bad", { state: "rejected", refusal: "malware_detected" }), attachment("lost", { state: "failed" })]]);
  expect(await screen.findByText("Being checked for viruses")).toBeInTheDocument();
  expect(screen.getByText("Removed: the virus scanner found something")).toBeInTheDocument();
  expect(screen.getByText("Could not be checked yet. If this stays, it has to be sent again")).toBeInTheDocument();
  expect(await thumb("slow.jpg, photo")).toBeInTheDocument();
});

it("lays two photos of a conversation side by side and enlarges them together", async () => {
  const { user } = await show([[attachment("march")], [attachment("april")], [attachment("may")]]);
  // In a narrow window the patient's panel is a drawer.
  await user.click(await screen.findByRole("button", { name: "Ana Silva" }));
  await user.click(await screen.findByRole("button", { name: "Compare" }));
  const dialog = await screen.findByRole("dialog", { name: "Compare photos" });
  expect(within(dialog).getByText("2 days apart")).toBeInTheDocument();
  const names = async () => (await within(dialog).findAllByRole("img", { name: /photo/ })).map((img) => img.getAttribute("alt"));
  await waitFor(async () => expect(await names()).toEqual(["march.jpg, photo, 100%", "may.jpg, photo, 100%"]));
  await user.keyboard("+");
  expect(await names()).toEqual(["march.jpg, photo, 150%", "may.jpg, photo, 150%"]);
  await user.selectOptions(within(dialog).getByLabelText("Second photo", { selector: "select" }), "april");
  expect(within(dialog).getByText("1 day apart")).toBeInTheDocument();
});

it("leaves no picture behind when the session ends", async () => {
  const made = vi.spyOn(URL, "createObjectURL");
  const revoked = vi.spyOn(URL, "revokeObjectURL");
  await show([[attachment("first"), attachment("second")]]);
  await waitFor(() => expect(made).toHaveBeenCalledTimes(2));
  attachments.forget("all");
  expect(revoked.mock.calls.map(([url]) => url).sort()).toEqual(made.mock.results.map(({ value }) => value as string).sort());
});
