import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { EmergencyAccess, EmergencyAccesses } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPost, noContent } from "@/test/typed";
import { administrator } from "../../../test/admin";
import { ME } from "../../../test/fixtures";
import { renderApp } from "../../../test/renderApp";

const access = (change: Partial<EmergencyAccess>): EmergencyAccess => ({
  id: "e1", staffId: "s9", fullName: "Helen Zhou", reason: "The provider could not be reached.", startedAt: "2026-03-10T09:00:00.000Z", expiresAt: "2026-03-10T10:00:00.000Z", endedAt: null,
  reviewedAt: null, reviewedByName: null, note: null, ...change,
});
const reviewed = access({ id: "e2", fullName: "Ruth Abernathy", startedAt: "2026-03-11T09:00:00.000Z", reviewedAt: "2026-03-12T09:00:00.000Z", reviewedByName: "Priya", note: "Justified." });

const listOf = (...emergencyAccesses: EmergencyAccess[]) => mockGet<EmergencyAccesses & object>("/api/admin/emergency-accesses", { emergencyAccesses });

it("shows an auditor what waits for a review first, and nothing else of the administration", async () => {
  await renderApp({ path: "/settings", me: administrator("review_emergency_access"), handlers: [listOf(reviewed, access({}))] });
  expect(await screen.findByText("1 waits for a review.")).toBeInTheDocument();
  expect(screen.getAllByRole("heading", { level: 3 }).map(({ textContent }) => textContent)).toEqual(["Helen Zhou", "Ruth Abernathy"]);
  expect(screen.queryByRole("navigation", { name: "Pages of the administration" })).not.toBeInTheDocument();
});

it("records a review with its note", async () => {
  const { user } = await renderApp({ path: "/settings/emergency", me: administrator("review_emergency_access"), handlers: [listOf(access({}))] });
  const notes: unknown[] = [];
  server.use(
    mockPost<null>("/api/admin/emergency-accesses/e1/review", async (request) => {
      notes.push(await request.json());
      server.use(listOf(access({ reviewedAt: "2026-03-12T09:00:00.000Z", reviewedByName: "Priya", note: "Spoke with Helen." })));
      return noContent();
    }),
  );
  await user.click(await screen.findByRole("button", { name: /^Review the access of Helen Zhou/ }));
  const dialog = within(await screen.findByRole("dialog", { name: "Review emergency access" }));
  await user.click(dialog.getByRole("button", { name: "Mark as reviewed" }));
  expect(dialog.getByLabelText("What came of it")).toHaveAccessibleDescription(/This is needed/);
  await user.type(dialog.getByLabelText("What came of it"), "Spoke with Helen.");
  await user.click(dialog.getByRole("button", { name: "Mark as reviewed" }));
  expect(await screen.findByText(/Reviewed by Priya/)).toBeInTheDocument();
  await waitFor(() => expect(notes).toEqual([{ note: "Spoke with Helen." }]));
});

it("leaves one's own access to a colleague", async () => {
  await renderApp({ path: "/settings/emergency", me: administrator("review_emergency_access"), handlers: [listOf(access({ staffId: ME }))] });
  expect(await screen.findByText("This is your own. A colleague reviews it.")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /^Review/ })).not.toBeInTheDocument();
});

it("refuses a page that one's role does not open", async () => {
  await renderApp({ path: "/settings/users", me: administrator("review_emergency_access") });
  expect(await screen.findByText("Your role does not include this.")).toBeInTheDocument();
});
