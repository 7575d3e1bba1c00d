import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { BulkInvited, BulkRow } from "@/api/types";
import { server } from "@/test/server";
import { mockPost } from "@/test/typed";
import { administrator } from "../../../test/admin";
import { renderApp } from "../../../test/renderApp";
import { asTyped, countPatients, problemsCsv, withColumns } from "./csv";

async function open(rows: BulkRow[]) {
  const app = await renderApp({ path: "/settings/patients/invitations", me: administrator("manage_patients") });
  const asked: { csv: string; dryRun: boolean }[] = [];
  server.use(
    mockPost<BulkInvited & object>("/api/admin/patients/invitations/bulk", async (request) => {
      const body = (await request.json()) as { csv: string; dryRun: boolean };
      asked.push(body);
      // The first line names the columns.
      const shifted = rows.map(({ line, outcome }) => ({ line: line + 1, outcome }));
      return { rows: shifted, invited: body.dryRun ? 0 : rows.filter(({ outcome }) => outcome === "invite").length, dryRun: body.dryRun };
    }, 200),
  );
  const box = await screen.findByRole("textbox", { name: "List" });
  const paste = async (text: string) => {
    await app.user.click(box);
    await app.user.paste(text);
  };
  return { ...app, asked, paste };
}

it("shows what would become of each line, and invites only when told to", async () => {
  const { user, asked, paste } = await open([{ line: 1, outcome: "invite" }, { line: 2, outcome: "no_email" }, { line: 3, outcome: "invite" }]);
  await paste("004-1\n004-2\n004-3,li@example.org");
  await user.click(screen.getByRole("button", { name: "Check the list" }));
  expect(await screen.findByRole("row", { name: /2 004-2 No e-mail known/ })).toBeInTheDocument();
  expect(within(screen.getByRole("list", { name: "Counts" })).getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual(["2 Gets an invitation", "1 No e-mail known"]);
  expect(asked).toEqual([{ csv: "mrn,email\n004-1\n004-2\n004-3,li@example.org", dryRun: true }]);
  await user.click(screen.getByRole("button", { name: "Invite 2 patients" }));
  expect(await screen.findByText("2 patients were invited.")).toBeInTheDocument();
  expect(asked.map(({ dryRun }) => dryRun)).toEqual([true, false]);
  expect(screen.queryByRole("button", { name: /^Invite \d/ })).not.toBeInTheDocument();
});

it("forgets what was checked when the list changes", async () => {
  const { user, paste } = await open([{ line: 1, outcome: "invite" }]);
  await paste("004-1");
  await user.click(screen.getByRole("button", { name: "Check the list" }));
  await screen.findByRole("button", { name: "Invite 1 patient" });
  await paste("\n004-2");
  expect(screen.queryByRole("button", { name: /^Invite \d/ })).not.toBeInTheDocument();
});

it("invites nobody while a line cannot be read", async () => {
  const { user, asked, paste } = await open([{ line: 1, outcome: "invite" }, { line: 2, outcome: "malformed" }]);
  await paste("004-1\n;;");
  await user.click(screen.getByRole("button", { name: "Check the list" }));
  expect(await screen.findByText(/1 line cannot be read/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Invite 1 patient" }));
  expect(asked).toHaveLength(1);
});

it("refuses more than two thousand lines in words, before the server is asked", async () => {
  const { user, asked, paste } = await open([]);
  await paste(Array.from({ length: 2_001 }, (_, at) => `004-${at}`).join("\n"));
  expect(await screen.findByText(/The list has 2001 lines. At most 2000 go at once/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Check the list" }));
  expect(asked).toEqual([]);
});

it("reads a chosen file", async () => {
  const { user } = await open([]);
  await user.upload(screen.getByLabelText("Choose a CSV file", { selector: "input" }), new File(["mrn,email\n004-1,\n004-2,\n"], "list.csv", { type: "text/csv" }));
  await waitFor(() => expect(screen.getByRole("textbox", { name: "List" })).toHaveValue("mrn,email\n004-1,\n004-2,\n"));
  expect(screen.getByText("2 patients")).toBeInTheDocument();
});

it("names the columns where the list does not, and no second time where it does", () => {
  expect(withColumns("1\n2")).toBe("mrn,email\n1\n2");
  expect(withColumns("MRN\n1")).toBe("MRN\n1");
  expect(asTyped([{ line: 2, outcome: "invite" }], "1")).toEqual([{ line: 1, outcome: "invite" }]);
  expect(asTyped([{ line: 2, outcome: "invite" }], "mrn\n1")).toEqual([{ line: 2, outcome: "invite" }]);
});

it("counts no line with the names of columns, and none that is empty", () => {
  expect(countPatients("mrn,email\n1,\n\n2,\n")).toBe(2);
  expect(countPatients("1\n2")).toBe(2);
  expect(countPatients("")).toBe(0);
});

it("lets no spreadsheet take a cell of the problems for a formula", () => {
  expect(problemsCsv([{ line: 1, outcome: "malformed" }, { line: 2, outcome: "invite" }], '=cmd("x")\n1', (outcome) => outcome)).toBe('line,text,reason\r\n"1","\'=cmd(""x"")","malformed"\r\n');
});
