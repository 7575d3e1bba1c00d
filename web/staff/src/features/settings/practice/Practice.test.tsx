import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { PracticeSettingsAnswer } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPut, problemResponse } from "@/test/typed";
import { administrator, practice } from "../../../test/admin";
import { renderApp } from "../../../test/renderApp";

const me = administrator("manage_practice", "manage_teams");
const stands = (settings: PracticeSettingsAnswer) => mockGet<PracticeSettingsAnswer & object>("/api/admin/settings", settings);

async function open() {
  const app = await renderApp({ path: "/settings/practice", me, handlers: [stands(practice())] });
  const saved: { body: Omit<PracticeSettingsAnswer, "version">; ifMatch: string | null }[] = [];
  server.use(
    mockPut<PracticeSettingsAnswer & object>("/api/admin/settings", async (request) => {
      const body = (await request.json()) as Omit<PracticeSettingsAnswer, "version">;
      saved.push({ body, ifMatch: request.headers.get("if-match") });
      return { ...body, version: 8 };
    }),
  );
  await screen.findByRole("button", { name: "Save" });
  return { ...app, saved };
}

const phone = () => screen.getByLabelText("Phone");
const addresses = () => screen.getByLabelText("Addresses that staff come from");
const save = () => screen.getByRole("button", { name: "Save" });

it("saves all of it at once, based on the version that was read", async () => {
  const { user, saved } = await open();
  await user.click(screen.getByRole("radio", { name: "Teal" }));
  await user.click(screen.getByRole("checkbox", { name: "Staff need a second factor" }));
  await user.click(screen.getByRole("button", { name: /^Add hours on Saturday/ }));
  await user.click(addresses());
  await user.paste("203.0.113.0/24\n\n2001:db8::/32");
  await user.click(save());
  await waitFor(() => expect(saved).toHaveLength(1));
  const { version, ...before } = practice();
  expect(saved[0]?.ifMatch).toBe(`"${version}"`);
  expect(saved[0]?.body).toEqual({
    ...before, accent: "teal", staffMfaRequired: false, businessHours: [...before.businessHours, { day: 5, from: "08:00", to: "17:00" }], staffAddresses: ["203.0.113.0/24", "2001:db8::/32"],
  });
  expect(await screen.findByText("Saved")).toBeInTheDocument();
});

it("says in words that a range of addresses would lock one out, and saves nothing", async () => {
  const { user } = await open();
  server.use(mockPut<null>("/api/admin/settings", () => problemResponse(422, "validation_failed", { errors: [{ pointer: "/staffAddresses/0", code: "would_lock_you_out" }] })));
  await user.click(addresses());
  await user.paste("203.0.113.0/24");
  await user.click(save());
  await waitFor(() => expect(addresses()).toHaveAccessibleDescription(/would lock you out/));
});

it("names every field that is wrong, at the field and at the top, without asking the server", async () => {
  const { user, saved } = await open();
  const days = screen.getByRole("spinbutton", { name: "Days in which a closed conversation opens again" });
  await user.clear(days);
  await user.clear(screen.getAllByRole("textbox", { name: "Name" })[0] as HTMLElement);
  await user.click(save());
  expect(await screen.findByRole("alert")).toHaveTextContent("Look at: Name, Days in which a closed conversation opens again.");
  expect(days).toHaveAccessibleDescription(/whole number within the bounds/);
  expect(saved).toEqual([]);
});

it("takes in what somebody else saved, keeps one's own changes and asks to save again", async () => {
  const { user, saved } = await open();
  server.use(
    mockPut<PracticeSettingsAnswer & object>("/api/admin/settings", async (request) => {
      const ifMatch = request.headers.get("if-match");
      if (ifMatch === '"7"') {
        server.use(stands(practice({ hoursText: "Weekdays and Saturday", version: 9 })));
        return problemResponse(412, "version_mismatch");
      }
      const body = (await request.json()) as Omit<PracticeSettingsAnswer, "version">;
      saved.push({ body, ifMatch });
      return { ...body, version: 10 };
    }),
  );
  await user.type(phone(), "9");
  await user.click(save());
  expect(await screen.findByRole("alert")).toHaveTextContent("Somebody else changed this");
  expect(screen.getByLabelText("Hours in words")).toHaveValue("Weekdays and Saturday");
  expect(phone()).toHaveValue("(555) 010-01009");
  await user.click(save());
  await waitFor(() => expect(saved.map(({ ifMatch }) => ifMatch)).toEqual(['"9"']));
  expect(saved[0]?.body).toMatchObject({ hoursText: "Weekdays and Saturday", phone: "(555) 010-01009" });
});

it("asks before unsaved changes are left behind", async () => {
  const { user, router } = await open();
  await user.type(phone(), "9");
  await user.click(screen.getByRole("link", { name: "Teams" }));
  const dialog = within(await screen.findByRole("alertdialog", { name: "Leave without saving?" }));
  await user.click(dialog.getByRole("button", { name: "Stay" }));
  expect(router.state.location.pathname).toBe("/settings/practice");
  expect(phone()).toHaveValue("(555) 010-01009");
  await user.click(screen.getByRole("link", { name: "Teams" }));
  await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Leave without saving" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/settings/teams"));
});

it("lets one leave at once where nothing was changed", async () => {
  const { user, router } = await open();
  await user.click(screen.getByRole("link", { name: "Teams" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/settings/teams"));
});

it("finds a time zone by a part of its name", async () => {
  const { user, saved } = await open();
  const box = screen.getByRole("combobox", { name: "Time zone" });
  await user.click(box);
  await user.clear(box);
  await user.paste("denver");
  await user.click(await screen.findByRole("option", { name: "America/Denver" }));
  await user.click(save());
  await waitFor(() => expect(saved[0]?.body.timeZone).toBe("America/Denver"));
});

it("gives the other weekdays the hours of Monday", async () => {
  const { user, saved } = await open();
  await user.click(screen.getByRole("button", { name: "Same hours as Monday until Friday" }));
  await user.click(save());
  await waitFor(() => expect(saved[0]?.body.businessHours).toEqual([0, 1, 2, 3, 4].map((day) => ({ day, from: "08:00", to: "17:00" }))));
});
