import { screen, waitFor, within } from "@testing-library/react";
import { http } from "msw";
import { beforeEach, expect, it } from "vitest";
import type { NewInvitation, PatientDetail, PatientPage, PracticeSettingsAnswer } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPost, mockPut, noContent, problemResponse } from "@/test/typed";
import { administrator, patient, patientDetail, practice } from "../../../test/admin";
import { renderApp } from "../../../test/renderApp";
import { keepPlace } from "../listPlaces";

const me = administrator("manage_patients");
const page = (patients: PatientPage["patients"], nextCursor: string | null = null): PatientPage & object => ({ patients, pagination: { limit: 50, nextCursor, hasMore: nextCursor !== null } });
const one = (found = patientDetail()) => mockGet<PatientDetail & object>("/api/admin/patients/:id", found);
const list = (...found: PatientPage["patients"]) => mockGet("/api/admin/patients", page(found));

// A list is found again where it was left.
beforeEach(() => keepPlace("patients", { terms: { search: "", comingOfAge: false }, top: 0 }));

it("has the server search, page after page, and keeps the words out of the address", async () => {
  const asked: string[] = [];
  const { user, router } = await renderApp({
    path: "/settings/patients", me,
    handlers: [
      mockGet<PatientPage & object>("/api/admin/patients", (request) => {
        const { searchParams } = new URL(request.url);
        asked.push(`${searchParams.get("search") ?? ""}|${searchParams.get("cursor") ?? ""}`);
        return searchParams.get("cursor") ? page([patient({ id: "p2", fullName: "Li Wei" })]) : page([patient()], "next");
      }),
    ],
  });
  const grid = await screen.findByRole("grid", { name: "Patients" });
  expect(await within(grid).findByRole("row", { name: /Li Wei/ })).toBeInTheDocument();
  expect(asked).toEqual(["|", "|next"]);
  await user.type(screen.getByRole("searchbox", { name: "Search name or whole MRN" }), "sof");
  await waitFor(() => expect(asked).toContain("sof|"));
  expect(router.state.location.href).toBe("/settings/patients");
});

it("shows those who come of age, says why, and keeps the choice with the search", async () => {
  const asked: string[] = [];
  const { user } = await renderApp({
    path: "/settings/patients", me,
    handlers: [
      mockGet<PatientPage & object>("/api/admin/patients", (request) => {
        const { searchParams } = new URL(request.url);
        asked.push(`${searchParams.get("comingOfAge") ?? ""}|${searchParams.get("search") ?? ""}`);
        return page(searchParams.get("search") ? [] : [patient({ fullName: "Leo Mendes" })]);
      }),
    ],
  });
  await user.click(await screen.findByRole("button", { name: /Show/ }));
  await user.click(await screen.findByRole("option", { name: "Coming of age" }));
  expect(await screen.findByText(/Their guardian’s access ends within 60 days/)).toBeInTheDocument();
  await waitFor(() => expect(asked).toEqual(["|", "true|"]));
  await user.type(screen.getByRole("searchbox", { name: "Search name or whole MRN" }), "zoe");
  await waitFor(() => expect(asked).toContain("true|zoe"));
  expect(await screen.findByRole("heading", { name: "No patient matches" })).toBeInTheDocument();
});

it("says at the field that an MRN is taken, and keeps the record as typed", async () => {
  const { user } = await renderApp({ path: "/settings/patients", me, handlers: [list()] });
  server.use(http.post("/api/admin/patients", () => problemResponse(422, "validation_failed", { errors: [{ pointer: "/mrn", code: "taken" }] })));
  await user.click(await screen.findByRole("button", { name: "New patient" }));
  const dialog = within(await screen.findByRole("dialog", { name: "New patient" }));
  await user.type(dialog.getByLabelText("Name"), "Dora Klein");
  await user.type(dialog.getByLabelText("MRN"), "004-1");
  await user.click(dialog.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(dialog.getByLabelText("MRN")).toHaveAccessibleDescription("Somebody else has this already."));
  expect(dialog.getByLabelText("Name")).toHaveValue("Dora Klein");
});

it("asks for the whole birth date where a part of it is typed, without asking the server", async () => {
  const { user } = await renderApp({ path: "/settings/patients", me, handlers: [list()] });
  await user.click(await screen.findByRole("button", { name: "New patient" }));
  const dialog = within(await screen.findByRole("dialog", { name: "New patient" }));
  await user.type(dialog.getByLabelText("Name"), "Dora Klein");
  await user.type(dialog.getByLabelText("MRN"), "004-1");
  dialog.getByRole("spinbutton", { name: /month/ }).focus();
  await user.keyboard("{ArrowUp}");
  await user.click(dialog.getByRole("button", { name: "Save" }));
  expect(await dialog.findByText(/Enter the whole date/)).toBeInTheDocument();
});

it("opens a new patient's page, and sends no field that is not known", async () => {
  const { user, router } = await renderApp({ path: "/settings/patients", me, handlers: [list(), one()] });
  const sent: unknown[] = [];
  server.use(mockPost<{ id: string }>("/api/admin/patients", async (request) => (sent.push(await request.json()), { id: "p7" })));
  await user.click(await screen.findByRole("button", { name: "New patient" }));
  const dialog = within(await screen.findByRole("dialog", { name: "New patient" }));
  await user.type(dialog.getByLabelText("Name"), "Dora Klein");
  await user.type(dialog.getByLabelText("MRN"), "004-1");
  await user.click(dialog.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/settings/patients/p7"));
  expect(sent).toEqual([{ fullName: "Dora Klein", mrn: "004-1", language: "en" }]);
});

it("takes in what somebody else changed in a record, and keeps one's own", async () => {
  const { user } = await renderApp({ path: "/settings/patients/p1", me, handlers: [one(), list()] });
  const saved: unknown[] = [];
  server.use(
    mockPut<PatientDetail & object>("/api/admin/patients/:id", async (request) => {
      if (request.headers.get("if-match") === '"2"') {
        server.use(one(patientDetail({ phone: "(555) 010-0999", version: 3 })));
        return problemResponse(412, "version_mismatch");
      }
      saved.push(await request.json());
      return patientDetail();
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Edit" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Correct the record" }));
  await user.type(dialog.getByLabelText("Name"), " Silva");
  await user.click(dialog.getByRole("button", { name: "Save" }));
  expect(await dialog.findByRole("alert")).toHaveTextContent("Somebody else changed this");
  expect(dialog.getByLabelText("Phone")).toHaveValue("(555) 010-0999");
  await user.click(dialog.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(saved).toEqual([{ fullName: "Sofía Mendes Silva", mrn: "004-18823", birthDate: "2013-06-02", phone: "(555) 010-0999", email: "sofia@example.org", language: "es" }]));
});

it("invites the patient at the address of the record", async () => {
  const { user } = await renderApp({ path: "/settings/patients/p1", me, handlers: [one(), list()] });
  const sent: NewInvitation[] = [];
  server.use(mockPost<{ id: string }>("/api/admin/patients/p1/invitations", async (request) => (sent.push((await request.json()) as NewInvitation), { id: "i1" })));
  await user.click(await screen.findByRole("button", { name: "Invite" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Invite to the portal" }));
  expect(dialog.getByLabelText("E-mail")).toHaveValue("sofia@example.org");
  await user.click(dialog.getByRole("button", { name: "Send invitation" }));
  await waitFor(() => expect(sent).toEqual([{ relationship: "self", email: "sofia@example.org" }]));
});

it.each([
  ["The patient", "taken", "This patient has an account already."],
  ["A guardian", "conflict", "This patient has come of age."],
])("says why nobody can be invited as “%s”", async (as, code, words) => {
  const { user } = await renderApp({ path: "/settings/patients/p1", me, handlers: [one(), list()] });
  server.use(http.post("/api/admin/patients/p1/invitations", () => problemResponse(422, "validation_failed", { errors: [{ pointer: "/relationship", code }] })));
  await user.click(await screen.findByRole("button", { name: "Invite" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Invite to the portal" }));
  await user.click(dialog.getByRole("radio", { name: as }));
  await user.clear(dialog.getByLabelText("E-mail"));
  await user.type(dialog.getByLabelText("E-mail"), "sofia@example.org");
  if (as !== "The patient") await user.type(dialog.getByLabelText("Name"), "Carla");
  await user.click(dialog.getByRole("button", { name: "Send invitation" }));
  expect(await dialog.findByRole("alert")).toHaveTextContent(words);
});

it("says when a guardian's access ends, by the practice's age of majority", async () => {
  const { user } = await renderApp({
    path: "/settings/patients/p1", me: administrator("manage_patients", "manage_practice"),
    handlers: [one(), mockGet<PracticeSettingsAnswer & object>("/api/admin/settings", practice({ majorityAge: 16 }))],
  });
  await user.click(await screen.findByRole("button", { name: "Invite" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Invite to the portal" }));
  await user.click(dialog.getByRole("radio", { name: "A guardian" }));
  expect(await dialog.findByText(/Ends on June 2, 2029 at the latest/)).toBeInTheDocument();
  expect(dialog.getByLabelText("E-mail")).toHaveValue("");
});

it("asks before a grant ends", async () => {
  const { user } = await renderApp({ path: "/settings/patients/p1", me, handlers: [one(), list()] });
  const ended: string[] = [];
  server.use(http.delete("/api/admin/patients/p1/grants/:account", ({ params }) => (ended.push(String(params.account)), noContent())));
  await user.click(await screen.findByRole("button", { name: "Actions on Carla Mendes" }));
  await user.click(await screen.findByRole("menuitem", { name: "End access to this patient" }));
  const dialog = within(await screen.findByRole("alertdialog", { name: "End the access of Carla Mendes?" }));
  expect(ended).toEqual([]);
  await user.click(dialog.getByRole("button", { name: "End access" }));
  await waitFor(() => expect(ended).toEqual(["a1"]));
});

it("changes what an account may do", async () => {
  const { user } = await renderApp({ path: "/settings/patients/p1", me, handlers: [one(), list()] });
  const saved: unknown[] = [];
  server.use(mockPut<null>("/api/admin/patients/p1/grants/a1", async (request) => (saved.push(await request.json()), noContent())));
  await user.click(await screen.findByRole("button", { name: "Actions on Carla Mendes" }));
  await user.click(await screen.findByRole("menuitem", { name: "Change scope or end date" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Access of Carla Mendes" }));
  await user.click(dialog.getByRole("button", { name: /May/ }));
  await user.click(await screen.findByRole("option", { name: "Read only" }));
  await user.click(dialog.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(saved).toEqual([{ scope: "read", expiresAt: null }]));
});
