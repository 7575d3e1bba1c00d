import { screen, waitFor, within } from "@testing-library/react";
import { http } from "msw";
import { expect, it } from "vitest";
import type { NewTeam, SearchSettings, StaffList, StepUpWays } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPut, noContent, problemResponse } from "@/test/typed";
import { me } from "../../test/fixtures";
import { renderApp } from "../../test/renderApp";

const admin = me({ mayDo: ["list_threads", "list_staff", "manage_teams", "manage_search"] });

it("shows nothing to those who may not decide for the practice", async () => {
  await renderApp({ path: "/settings" });
  expect(await screen.findByText("Your role does not include this.")).toBeInTheDocument();
  expect(screen.queryByRole("link", { name: "Administration" })).not.toBeInTheDocument();
});

it("changes a team's duty and people", async () => {
  const { user } = await renderApp({ path: "/settings", me: admin });
  const saved: NewTeam[] = [];
  server.use(
    mockPut("/api/teams/:id", async (request) => {
      saved.push((await request.json()) as NewTeam);
      return null;
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Edit Triage" }));
  const dialog = await screen.findByRole("dialog", { name: "Change the team" });
  await user.click(within(dialog).getByRole("checkbox", { name: "Billing" }));
  await user.click(within(dialog).getByRole("checkbox", { name: "Dr. Amara Okafor, MD" }));
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  await waitFor(() => expect(saved).toEqual([{ name: "Triage", categories: ["medical", "billing"], memberIds: ["s2"] }]));
});

it("changes a team as it was filled in once the administrator has shown that it is they", async () => {
  const saved: NewTeam[] = [];
  let shown = false;
  const { user } = await renderApp({
    path: "/settings", me: admin,
    handlers: [
      mockGet<StepUpWays & object>("/api/auth/step-up", { methods: ["password"], until: null }),
      http.post("/api/auth/step-up", () => ((shown = true), noContent())),
      mockPut("/api/teams/:id", async (request) => {
        if (!shown) return problemResponse(401, "step_up_required");
        saved.push((await request.json()) as NewTeam);
        return null;
      }),
    ],
  });
  await user.click(await screen.findByRole("button", { name: "Edit Triage" }));
  const team = within(await screen.findByRole("dialog", { name: "Change the team" }));
  await user.click(team.getByRole("checkbox", { name: "Billing" }));
  await user.click(team.getByRole("button", { name: "Save" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Confirm that it is you" }));
  await user.type(await dialog.findByLabelText("Password"), "correct horse battery{Enter}");
  await waitFor(() => expect(saved.map(({ categories }) => categories)).toEqual([["medical", "billing"]]));
});

it("keeps the search as it was where the administrator does not show that it is they", async () => {
  const { user } = await renderApp({
    path: "/settings/search", me: admin,
    handlers: [
      mockGet<StepUpWays & object>("/api/auth/step-up", { methods: ["password"], until: null }),
      mockPut("/api/practice/search", () => problemResponse(401, "step_up_required")),
    ],
  });
  await user.click(await screen.findByRole("checkbox", { name: "Search in message texts" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Confirm that it is you" }));
  await user.click(dialog.getByRole("button", { name: "Cancel" }));
  expect(await screen.findByRole("checkbox", { name: "Search in message texts" })).toBeChecked();
});

it("offers for a team only those who see conversations", async () => {
  const staff: StaffList["staff"] = [
    { id: "s2", fullName: "Helen Zhou", title: null, role: "billing", categories: ["billing"] },
    { id: "s3", fullName: "Ruth Abernathy", title: null, role: "auditor", categories: [] },
  ];
  const { user } = await renderApp({ path: "/settings", me: admin, handlers: [mockGet<StaffList>("/api/staff", { staff })] });
  await user.click(await screen.findByRole("button", { name: "Edit Triage" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Change the team" }));
  expect(await dialog.findByRole("checkbox", { name: "Helen Zhou" })).toBeInTheDocument();
  expect(dialog.queryByRole("checkbox", { name: "Ruth Abernathy" })).not.toBeInTheDocument();
});

it("says why a team with open conversations cannot be retired", async () => {
  const { user } = await renderApp({ path: "/settings", me: admin });
  server.use(http.delete("/api/teams/:id", () => problemResponse(409, "team_in_use")));
  await user.click(await screen.findByRole("button", { name: "Retire Triage" }));
  await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Retire" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("not closed are still with this team");
});

it("switches the search in message texts off", async () => {
  const { user } = await renderApp({ path: "/settings/search", me: admin });
  const changes: unknown[] = [];
  server.use(
    mockPut("/api/practice/search", async (request) => {
      changes.push(await request.json());
      server.use(mockGet<SearchSettings>("/api/practice/search", { bodySearch: false, index: { state: "off", indexed: 0 } }));
      return null;
    }),
  );
  await user.click(await screen.findByRole("checkbox", { name: "Search in message texts" }));
  expect(await screen.findByText("The index is empty.")).toBeInTheDocument();
  expect(changes).toEqual([{ bodySearch: false }]);
});
