import { screen, waitFor } from "@testing-library/react";
import { HttpResponse } from "msw";
import { expect, it } from "vitest";
import type { NewStaffThread, PatientList, ThreadCreated } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPost, problemResponse } from "@/test/typed";
import { THREAD } from "../../test/fixtures";
import { renderApp } from "../../test/renderApp";

async function fill(answers: (() => Response)[] = []) {
  const sent: { body: NewStaffThread; key: string | null }[] = [];
  const { user, router } = await renderApp({ path: "/new" });
  server.use(
    mockGet<PatientList>("/api/patients", { patients: [{ id: "p1", fullName: "Ana Silva", mrn: "004-18823", birthDate: "1991-06-02" }] }),
    mockPost<ThreadCreated>("/api/patient-messages/threads", async (request) => {
      sent.push({ body: (await request.json()) as NewStaffThread, key: request.headers.get("idempotency-key") });
      return answers[sent.length - 1]?.() ?? HttpResponse.json({ threadId: THREAD, messageId: "m1" }, { status: 201 });
    }),
  );
  await user.type(await screen.findByRole("searchbox"), "ana");
  await user.click(await screen.findByRole("option", { name: /Ana Silva/ }));
  await user.type(screen.getByLabelText("Subject"), "Your visit");
  return { user, router, sent };
}

it("says what is missing at each field and sends nothing", async () => {
  const { user } = await renderApp({ path: "/new" });
  await user.click(await screen.findByRole("button", { name: "Send" }));
  expect(screen.getByText("Choose a patient.")).toBeInTheDocument();
  expect(screen.getByLabelText("Subject")).toHaveAccessibleDescription("This is needed.");
});

it("keeps the words and the key when sending fails, then opens the new conversation", async () => {
  const { user, router, sent } = await fill([() => problemResponse(503, "dependency_unavailable")]);
  await user.type(screen.getByLabelText("Message"), "Please call us.");
  await user.click(screen.getByRole("button", { name: "Send to Ana" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Your words are kept.");
  expect(screen.getByLabelText("Message")).toHaveValue("Please call us.");
  await user.click(screen.getByRole("button", { name: "Send to Ana" }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/inbox/open/${THREAD}`));
  expect(sent.map(({ body }) => body.messageText)).toEqual(["Please call us.", "Please call us."]);
  expect(sent[1]?.key).toBe(sent[0]?.key);
});

it("refuses a blank that is not filled in", async () => {
  const { user, sent } = await fill();
  await user.type(screen.getByLabelText("Message"), "On [[date] please.");
  await user.click(screen.getByRole("button", { name: "Send to Ana" }));
  expect(screen.getByText(/1 blank to fill in before you can send: \[date\]/)).toBeInTheDocument();
  expect(sent).toEqual([]);
});
