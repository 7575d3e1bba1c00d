import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { server } from "@/test/server";
import { mockPost, mockPut, problemResponse } from "@/test/typed";
import { me } from "../../test/fixtures";
import { renderApp } from "../../test/renderApp";

it("lets those who may not manage only read", async () => {
  await renderApp({ path: "/canned-responses", me: me({ mayDo: ["list_threads", "reply", "use_canned"] }) });
  expect(await screen.findByRole("heading", { name: "Need More Information" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /New response|Edit|Remove/ })).not.toBeInTheDocument();
});

it("keeps what was written when the server refuses it", async () => {
  const { user } = await renderApp({ path: "/canned-responses" });
  server.use(mockPost("/api/canned-responses", () => problemResponse(403, "forbidden")));
  await user.click(await screen.findByRole("button", { name: "New response" }));
  const dialog = await screen.findByRole("dialog", { name: "New canned response" });
  await user.type(within(dialog).getByLabelText("Title"), "Call back");
  await user.type(within(dialog).getByLabelText("Text"), "We will call you on [[day].");
  expect(within(dialog).getByText("1 blank to fill in.")).toBeInTheDocument();
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("Your role does not include this.");
  expect(within(dialog).getByLabelText("Title")).toHaveValue("Call back");
});

it("saves a correction", async () => {
  const saved: unknown[] = [];
  const { user } = await renderApp({ path: "/canned-responses" });
  server.use(
    mockPut("/api/canned-responses/:id", async (request) => {
      saved.push(await request.json());
      return { id: "c1" };
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Edit Need More Information" }));
  await user.type(await screen.findByLabelText("Title"), " soon");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(saved).toEqual([{ title: "Need More Information soon", category: "general", responseText: "Please provide [specific details needed]." }]);
});
