import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { StaffMe } from "@/api/types";
import { startI18n } from "@/i18n";
import { server } from "@/test/server";
import { mockPost, noContent } from "@/test/typed";
import { App } from "../../App";
import { lock, signIn, signOut } from "../../app/session";
import en from "../../words/first.en.json";
import { me, THREAD } from "../../test/fixtures";
import { mockServer } from "../../test/renderApp";

const DRAFT = "Please keep the eyelid dry, Ana";
let who: StaffMe;

beforeAll(async () => {
  await startI18n({ en, es: () => import("../../words/es") });
  await Promise.all([import("../../app/SignedIn"), import("../../routes/ThreadPage")]);
});
beforeEach(() => {
  who = me();
  mockServer();
  server.use(
    http.get("/api/auth/me", () => HttpResponse.json(who)),
    http.get("/api/practices/:slug", () => HttpResponse.json({ slug: "riverside", name: who.tenant.name })),
    http.post("/api/auth/logout", () => noContent()),
    http.post("/api/auth/login", () => HttpResponse.json({ accessToken: "t", expiresIn: 600, user: who.user, tenant: who.tenant })),
  );
});

// By role the whole page would be looked through again and again.
const replyBox = () => screen.findByLabelText("Message to Ana Silva");

// Nobody's words outlive their test.
afterEach(() => act(signOut));

/** A reply that is being written when nobody is there any more. */
async function leaveADraft() {
  const user = userEvent.setup();
  window.history.replaceState(null, "", `/inbox/open/${THREAD}`);
  await signIn("riverside", { email: who.user.email, password: "x" });
  render(<App />);
  await user.click(await replyBox());
  await user.paste(DRAFT);
  await act(lock);
  await screen.findByRole("heading", { name: "Locked" });
  return user;
}

it("leaves nothing of a patient on the page, and says whose it is", async () => {
  await leaveADraft();
  expect(document.body).toHaveTextContent("Priya Raman-Whitfield");
  expect(document.body).toHaveTextContent("Riverside Dermatology");
  expect(document.documentElement.outerHTML).not.toMatch(/Ana|Eyelid|004-18823/);
  expect(document.title).toBe("Locked · Threadwell");
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toMatch(/eyelid|Ana/);
});

it("gives the same person their words back, where they were", async () => {
  const user = await leaveADraft();
  let sent: unknown;
  server.use(
    mockPost("/api/auth/login", async (request) => {
      sent = { practice: request.headers.get("x-tenant-id"), ...((await request.json()) as object) };
      return { accessToken: "t", expiresIn: 600, user: who.user, tenant: who.tenant };
    }, 200),
  );
  await user.click(screen.getByLabelText("Password"));
  await user.paste("threadwell-demo-2026");
  await user.keyboard("{Enter}");
  expect(await replyBox()).toHaveValue(DRAFT);
  expect(sent).toEqual({ practice: "riverside", email: "nurse@riverside.example", password: "threadwell-demo-2026" });
});

it("gives somebody else none", async () => {
  const user = await leaveADraft();
  await user.click(screen.getByRole("button", { name: "Sign in as somebody else" }));
  expect(screen.queryByText("Priya Raman-Whitfield")).not.toBeInTheDocument();
  expect(window.location.pathname).toBe("/");
  who = me({ user: { ...me().user, id: "u2", fullName: "Omar Haddad", email: "omar@riverside.example" } });
  window.history.replaceState(null, "", `/inbox/open/${THREAD}`);
  await user.click(screen.getByLabelText("Work e-mail"));
  await user.paste("omar@riverside.example");
  await user.click(screen.getByLabelText("Password"));
  await user.paste("threadwell-demo-2026");
  await user.keyboard("{Enter}");
  expect(await replyBox()).toHaveValue("");
});

it("keeps nothing in the browser but how the app looks, once somebody has signed out", async () => {
  await leaveADraft();
  await act(() => signIn("riverside", { email: who.user.email, password: "x" }));
  await act(signOut);
  expect(await screen.findByRole("heading", { name: "Sign in to the inbox" })).toBeInTheDocument();
  expect(sessionStorage).toHaveLength(0);
  expect(Object.keys(localStorage).filter((key) => !/^threadwell\.(theme|language|density|shortcuts)$/.test(key))).toEqual([]);
  // Back is still the door.
  window.history.back();
  await waitFor(() => expect(screen.getByRole("heading", { name: "Sign in to the inbox" })).toBeInTheDocument());
});
