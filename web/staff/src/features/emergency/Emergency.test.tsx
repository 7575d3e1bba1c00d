import { act, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, it } from "vitest";
import type { Operation, StaffMe } from "@/api/types";
import { server } from "@/test/server";
import { noContent } from "@/test/typed";
import { setSessionForTest } from "../../app/session";
import { me } from "../../test/fixtures";
import { renderApp } from "../../test/renderApp";

const UNTIL = "2099-03-12T19:40:00.000Z";
const may: StaffMe = me({ mayDo: [...me().mayDo, "break_glass" as Operation] });

it("is not offered to roles that may not", async () => {
  await renderApp({ path: "/more" });
  expect(await screen.findByRole("button", { name: "Keyboard keys" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Emergency access" })).not.toBeInTheDocument();
});

it("wants a reason, then stands over every page until it is ended", async () => {
  const reasons: unknown[] = [];
  let who = may;
  const { user } = await renderApp({
    path: "/more",
    me: may,
    handlers: [
      http.get("/api/auth/me", () => HttpResponse.json(who)),
      http.post("/api/auth/emergency-access", async ({ request }) => {
        reasons.push(await request.json());
        who = { ...may, emergencyAccessUntil: UNTIL };
        return HttpResponse.json({ until: UNTIL }, { status: 201 });
      }),
      http.delete("/api/auth/emergency-access", () => {
        who = may;
        return noContent();
      }),
    ],
  });
  await user.click(await screen.findByRole("button", { name: "Emergency access" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Emergency access" }));
  await user.click(dialog.getByRole("button", { name: "Begin emergency access" }));
  expect(dialog.getByLabelText("Why do you need it?")).toHaveAccessibleDescription(/Say why\./);
  expect(reasons).toEqual([]);
  await user.click(dialog.getByLabelText("Why do you need it?"));
  await user.paste("The colleague on duty fell ill.");
  await user.click(dialog.getByRole("button", { name: "Begin emergency access" }));
  const strip = within(await screen.findByRole("complementary", { name: "Emergency access" }));
  expect(strip.getByRole("status")).toHaveTextContent(/^Emergency access until \d+:40 [AP]M\.$/);
  expect(reasons).toEqual([{ reason: "The colleague on duty fell ill." }]);
  expect(screen.queryByRole("button", { name: "Emergency access" })).not.toBeInTheDocument();
  await user.click(strip.getByRole("button", { name: "End it" }));
  await waitFor(() => expect(screen.queryByRole("complementary", { name: "Emergency access" })).not.toBeInTheDocument());
});

it("goes by itself when its time is over, and everything is read anew", async () => {
  let lists = 0;
  await import("./EmergencyStrip");
  await renderApp({ path: "/inbox/open", me: may, handlers: [http.get("/api/auth/me", () => HttpResponse.json(may))] });
  await screen.findByText("Eyelid swelling");
  server.events.on("request:start", ({ request }) => {
    if (new URL(request.url).pathname === "/api/patient-messages/threads") lists += 1;
  });
  act(() => setSessionForTest({ kind: "signed-in", me: { ...may, emergencyAccessUntil: new Date(Date.now() + 3_000).toISOString() } }));
  expect(await screen.findByText(/^Emergency access until/)).toBeInTheDocument();
  const before = lists;
  await waitFor(() => expect(screen.queryByText(/^Emergency access until/)).not.toBeInTheDocument());
  await waitFor(() => expect(lists).toBeGreaterThan(before));
  server.events.removeAllListeners();
});
