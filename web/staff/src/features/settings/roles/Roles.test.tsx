import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { RoleScope, RoleScopes } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPut, problemResponse } from "@/test/typed";
import { administrator } from "../../../test/admin";
import { renderApp } from "../../../test/renderApp";

const scopes: RoleScope[] = [
  { role: "admin", categories: ["general", "prescription", "appointment", "billing", "medical", "other"], isDefault: true },
  { role: "front_desk", categories: ["general", "billing"], isDefault: false },
  { role: "auditor", categories: [], isDefault: true },
];

async function open() {
  const app = await renderApp({ path: "/settings/roles", me: administrator("manage_users"), handlers: [mockGet<RoleScopes & object>("/api/admin/roles", { roles: scopes })] });
  const saved: unknown[] = [];
  server.use(mockPut<null>("/api/admin/roles/:role", async (request, { role }) => (saved.push([role, await request.json()]), null)));
  const row = async (name: RegExp) => within(await screen.findByRole("row", { name }));
  return { ...app, saved, row };
}

it("shows what each role sees, and that two of them are fixed", async () => {
  const { row } = await open();
  expect((await row(/^Front desk/)).getByRole("checkbox", { name: /^Billing\s*, Front desk$/ })).toBeChecked();
  expect((await row(/^Front desk/)).getByRole("checkbox", { name: /^Medical\s*, Front desk$/ })).not.toBeChecked();
  expect((await row(/^Administrator.*Fixed/)).queryByRole("checkbox")).not.toBeInTheDocument();
  expect((await row(/^Auditor/)).getAllByText("Does not see")).toHaveLength(6);
});

it("saves one role at a time, in the order of the categories", async () => {
  const { user, row, saved } = await open();
  await user.click((await row(/^Front desk/)).getByRole("checkbox", { name: /^Appointment\s*, Front desk$/ }));
  await user.click((await row(/^Front desk/)).getByRole("button", { name: "Save: Front desk" }));
  await waitFor(() => expect(saved).toEqual([["front_desk", { categories: ["general", "appointment", "billing"] }]]));
});

it("goes back to the default", async () => {
  const { user, row, saved } = await open();
  await user.click((await row(/^Front desk/)).getByRole("button", { name: "Back to default: Front desk" }));
  await waitFor(() => expect(saved).toEqual([["front_desk", { categories: ["general", "appointment", "other"] }]]));
});

it("keeps what was ticked when the server refuses it", async () => {
  const { user, row } = await open();
  server.use(mockPut<null>("/api/admin/roles/:role", () => problemResponse(403, "forbidden")));
  await user.click((await row(/^Front desk/)).getByRole("checkbox", { name: /^Medical\s*, Front desk$/ }));
  await user.click((await row(/^Front desk/)).getByRole("button", { name: "Save: Front desk" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Your role does not include this.");
  expect((await row(/^Front desk/)).getByRole("checkbox", { name: /^Medical\s*, Front desk$/ })).toBeChecked();
});
