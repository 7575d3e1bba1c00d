import { screen, waitFor, within } from "@testing-library/react";
import { http } from "msw";
import { expect, it } from "vitest";
import type { NewStaffAccount, StaffAccount, StaffAccountChange, StaffAccounts, StepUpWays } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPost, mockPut, noContent, problemResponse } from "@/test/typed";
import { administrator, user } from "../../../test/admin";
import { renderApp } from "../../../test/renderApp";

const me = administrator("manage_users");
const listOf = (...users: StaffAccount[]) => mockGet<StaffAccounts & object>("/api/admin/users", { users });
const one = (found: StaffAccount) => mockGet<StaffAccount & object>("/api/admin/users/:id", found);
const table = async () => within(await screen.findByRole("grid", { name: "People" }));

it("finds people by state, role and typed words", async () => {
  const { user: person } = await renderApp({
    path: "/settings", me,
    handlers: [listOf(user(), user({ id: "u2", fullName: "Ruth Abernathy", email: "ruth@riverside.example", role: "billing", state: "invited" }))],
  });
  expect((await table()).getByRole("row", { name: /Helen Zhou.*Nurse.*Active.*Yes.*Triage/ })).toBeInTheDocument();
  await person.type(screen.getByRole("searchbox", { name: "Search name, title or e-mail" }), "ruth@");
  await waitFor(async () => expect((await table()).queryByText("Helen Zhou")).not.toBeInTheDocument());
  expect((await table()).getByRole("row", { name: /Ruth Abernathy/ })).toHaveTextContent("Invited");
  await person.click(screen.getByRole("button", { name: /State/ }));
  await person.click(await screen.findByRole("option", { name: "Deactivated" }));
  expect(await screen.findByText("Nobody matches")).toBeInTheDocument();
  await person.click(screen.getByRole("button", { name: "Clear filters" }));
  expect(await (await table()).findByText("Helen Zhou")).toBeInTheDocument();
});

it("draws no more of five thousand people than a screen shows", async () => {
  const many = Array.from({ length: 5_000 }, (_, at) => user({ id: `u${at}`, fullName: `Colleague ${at}` }));
  const { user: person } = await renderApp({ path: "/settings/users", me, handlers: [listOf(...many)] });
  const grid = await screen.findByRole("grid", { name: "People" });
  expect(grid).toHaveAttribute("aria-rowcount", "5001");
  expect(within(grid).getAllByRole("row").length).toBeLessThan(60);
  within(grid).getByRole("row", { name: /Colleague 0 / }).focus();
  await person.keyboard("{End}");
  await waitFor(() => expect(within(grid).getByRole("row", { name: /Colleague 4999/ })).toHaveFocus());
});

it("invites a colleague, and says at the field that the address is taken", async () => {
  const { user: person } = await renderApp({ path: "/settings/users", me, handlers: [listOf(user())] });
  const sent: NewStaffAccount[] = [];
  let taken = true;
  server.use(
    mockPost<{ id: string }>("/api/admin/users", async (request) => {
      if (taken) return problemResponse(422, "validation_failed", { errors: [{ pointer: "/email", code: "taken" }] });
      sent.push((await request.json()) as NewStaffAccount);
      return { id: "u9" };
    }),
  );
  await person.click(await screen.findByRole("button", { name: "Invite" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Invite a colleague" }));
  await person.click(dialog.getByRole("button", { name: "Send invitation" }));
  expect(dialog.getByLabelText("E-mail")).toHaveAccessibleDescription(/This is needed/);
  await person.click(dialog.getByLabelText("E-mail"));
  await person.paste("ruth@riverside.example");
  await person.click(dialog.getByLabelText("Name"));
  await person.paste("Ruth Abernathy");
  await person.click(dialog.getByRole("button", { name: /Role/ }));
  await person.click(await screen.findByRole("option", { name: "Billing" }));
  await person.click(await dialog.findByRole("checkbox", { name: "Triage" }));
  await person.click(dialog.getByRole("button", { name: "Send invitation" }));
  await waitFor(() => expect(dialog.getByLabelText("E-mail")).toHaveAccessibleDescription("Somebody else has this already."));
  taken = false;
  await person.click(dialog.getByRole("button", { name: "Send invitation" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(sent).toEqual([{ email: "ruth@riverside.example", fullName: "Ruth Abernathy", role: "billing", teamIds: ["team1"] }]);
});

it("tells that somebody else changed a person, takes that in and keeps what was typed", async () => {
  const { user: person } = await renderApp({ path: "/settings/users/u1", me, handlers: [one(user())] });
  const saved: { change: StaffAccountChange; ifMatch: string | null }[] = [];
  server.use(
    mockPut<StaffAccount & object>("/api/admin/users/:id", async (request) => {
      const ifMatch = request.headers.get("if-match");
      if (ifMatch === '"4"') {
        server.use(one(user({ title: "MSN", version: 5 })));
        return problemResponse(412, "version_mismatch");
      }
      const change = (await request.json()) as StaffAccountChange;
      saved.push({ change, ifMatch });
      return user({ fullName: "Helen Zhou-Park", title: "MSN", version: 6 });
    }),
    listOf(user()),
  );
  await person.type(await screen.findByLabelText("Name"), "-Park");
  await person.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Somebody else changed this a moment ago.");
  expect(screen.getByLabelText("Title")).toHaveValue("MSN");
  expect(screen.getByLabelText("Name")).toHaveValue("Helen Zhou-Park");
  await person.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(saved).toEqual([{ change: { fullName: "Helen Zhou-Park", title: "MSN", email: "helen@riverside.example", role: "nurse" }, ifMatch: '"5"' }]));
});

it("says what happens to sessions and conversations before somebody is kept out, and that the last administrator stays", async () => {
  const { user: person } = await renderApp({ path: "/settings/users/u1", me, handlers: [one(user({ role: "admin" }))] });
  server.use(http.put("/api/admin/users/:id", () => problemResponse(409, "last_admin")));
  await person.click(await screen.findByRole("button", { name: "Deactivate" }));
  const dialog = within(await screen.findByRole("alertdialog", { name: "Deactivate Helen Zhou?" }));
  expect(dialog.getByText(/signed out on every device at once/)).toBeInTheDocument();
  expect(dialog.getByText(/Conversations assigned to them become unassigned/)).toBeInTheDocument();
  await person.click(dialog.getByRole("button", { name: "Deactivate" }));
  expect(await dialog.findByRole("alert")).toHaveTextContent("the practice’s only active administrator");
});

it.each([
  ["Send password reset", undefined, "password-reset"],
  ["Sign out everywhere", "Sign out everywhere", "end-sessions"],
  ["Remove second factors", "Remove second factors", "remove-second-factors"],
])("does “%s” for an active person", async (button, confirm, act) => {
  const { user: person } = await renderApp({ path: "/settings/users/u1", me, handlers: [one(user())] });
  const done: string[] = [];
  server.use(http.post("/api/admin/users/u1/:act", ({ params }) => (done.push(String(params.act)), noContent())), listOf(user()));
  await person.click(await screen.findByRole("button", { name: button }));
  if (confirm) await person.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: confirm }));
  await waitFor(() => expect(done).toEqual([act]));
});

it("removes second factors by itself once the administrator has shown that it is they", async () => {
  const done: string[] = [];
  const { user: person } = await renderApp({
    path: "/settings/users/u1", me,
    handlers: [
      one(user()), listOf(user()),
      mockGet<StepUpWays & object>("/api/auth/step-up", { methods: ["password"], until: null }),
      http.post("/api/auth/step-up", () => (done.push("step-up"), noContent())),
      http.post("/api/admin/users/u1/:act", ({ params }) => {
        const shown = done.includes("step-up");
        done.push(String(params.act));
        return shown ? noContent() : problemResponse(401, "step_up_required");
      }),
    ],
  });
  await person.click(await screen.findByRole("button", { name: "Remove second factors" }));
  await person.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Remove second factors" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Confirm that it is you" }));
  await person.type(await dialog.findByLabelText("Password"), "correct horse battery{Enter}");
  await waitFor(() => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
  expect(done).toEqual(["remove-second-factors", "step-up", "remove-second-factors"]);
});

it("sends the invitation as it was typed once the administrator has shown that it is they", async () => {
  const sent: NewStaffAccount[] = [];
  let shown = false;
  const { user: person } = await renderApp({
    path: "/settings/users", me,
    handlers: [
      listOf(user()),
      mockGet<StepUpWays & object>("/api/auth/step-up", { methods: ["password"], until: null }),
      http.post("/api/auth/step-up", () => ((shown = true), noContent())),
      mockPost<{ id: string }>("/api/admin/users", async (request) => {
        if (!shown) return problemResponse(401, "step_up_required");
        sent.push((await request.json()) as NewStaffAccount);
        return { id: "u9" };
      }),
    ],
  });
  await person.click(await screen.findByRole("button", { name: "Invite" }));
  const invitation = within(await screen.findByRole("dialog", { name: "Invite a colleague" }));
  await person.click(invitation.getByLabelText("E-mail"));
  await person.paste("ruth@riverside.example");
  await person.click(invitation.getByLabelText("Name"));
  await person.paste("Ruth Abernathy");
  await person.click(invitation.getByRole("button", { name: /Role/ }));
  await person.click(await screen.findByRole("option", { name: "Billing" }));
  await person.click(invitation.getByRole("button", { name: "Send invitation" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Confirm that it is you" }));
  await person.type(await dialog.findByLabelText("Password"), "correct horse battery{Enter}");
  await waitFor(() => expect(sent).toMatchObject([{ email: "ruth@riverside.example", fullName: "Ruth Abernathy" }]));
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Invite a colleague" })).not.toBeInTheDocument());
});

it("offers to somebody invited the mail again, and nothing about sessions", async () => {
  await renderApp({ path: "/settings/users/u1", me, handlers: [one(user({ state: "invited", hasSecondFactor: false }))] });
  expect(await screen.findByRole("button", { name: "Send again" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /Sign out|password|second factors/ })).not.toBeInTheDocument();
});

it("asks again where the list did not load", async () => {
  const { user: person } = await renderApp({ path: "/settings/users", me, handlers: [http.get("/api/admin/users", () => problemResponse(403, "forbidden"))] });
  await screen.findByText("The list did not load");
  server.use(listOf(user()));
  await person.click(screen.getByRole("button", { name: "Try again" }));
  expect((await table()).getByText("Helen Zhou")).toBeInTheDocument();
});

it("comes back from a person to the same row of the same search, which is nowhere in the address", async () => {
  const { user: person, router } = await renderApp({
    path: "/settings/users", me,
    handlers: [listOf(user(), user({ id: "u2", fullName: "Ruth Abernathy" })), one(user({ id: "u2", fullName: "Ruth Abernathy" }))],
  });
  await person.type(await screen.findByRole("searchbox"), "ruth");
  await person.click(await (await table()).findByText("Ruth Abernathy"));
  expect(await screen.findByRole("heading", { level: 2, name: "Ruth Abernathy" })).toHaveFocus();
  expect(router.state.location.href).toBe("/settings/users/u2");
  expect(document.title).not.toContain("Ruth");
  router.history.back();
  await waitFor(async () => expect((await table()).getByRole("row", { name: /Ruth Abernathy/ })).toHaveFocus());
  expect(screen.getByRole("searchbox")).toHaveValue("ruth");
});
