import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { CannedResponseVersions } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPut } from "@/test/typed";
import { renderApp } from "../../test/renderApp";
import { difference } from "./difference";

const versions: CannedResponseVersions["versions"] = [
  { version: 1, title: "More Information", category: "other", responseText: "Please provide details.", writtenAt: "2026-01-01T10:00:00.000Z", writtenByName: null },
  { version: 2, title: "Need More Information", category: "general", responseText: "Please provide [specific details needed].", writtenAt: "2026-02-01T10:00:00.000Z", writtenByName: "Dr. Amara Okafor" },
];

async function open() {
  const app = await renderApp({ path: "/canned-responses", handlers: [mockGet<CannedResponseVersions & object>("/api/canned-responses/:id/versions", { versions })] });
  await app.user.click(await screen.findByRole("button", { name: "Versions of Need More Information" }));
  const drawer = within(await screen.findByRole("dialog", { name: "Versions of “Need More Information”" }));
  await drawer.findByRole("heading", { name: "Version 1" });
  return { ...app, drawer };
}

it("shows the newest text first, with who wrote it and what was added and removed", async () => {
  const { drawer } = await open();
  const [newest, oldest] = drawer.getAllByRole("listitem").map((item) => within(item));
  expect(newest?.getByRole("heading")).toHaveTextContent("Version 2In use");
  expect(newest?.getByText(/^Dr. Amara Okafor, /)).toBeInTheDocument();
  expect(newest?.getAllByRole("insertion").map(({ textContent }) => textContent).join(" ")).toMatch(/\[added: Need \].*\[added: \[specific/);
  expect(newest?.getAllByRole("deletion").length).toBeGreaterThan(0);
  expect(oldest?.queryByRole("insertion")).not.toBeInTheDocument();
});

it("takes an earlier text into use again, once more asked", async () => {
  const { user, drawer } = await open();
  const saved: unknown[] = [];
  server.use(mockPut("/api/canned-responses/:id", async (request) => (saved.push(await request.json()), { id: "c1" })));
  await user.click(drawer.getByRole("button", { name: "Use this text again: version 1" }));
  await user.click(within(await screen.findByRole("alertdialog", { name: "Use version 1 again?" })).getByRole("button", { name: "Use this text again" }));
  await waitFor(() => expect(saved).toEqual([{ title: "More Information", category: "other", responseText: "Please provide details." }]));
});

it("tells words apart, not letters", () => {
  expect(difference("Your refill was approved.", "Your refill is approved.").map(({ kind, text }) => `${kind}:${text}`)).toEqual(["kept:Your refill ", "removed:was", "added:is", "kept: approved."]);
});
