import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CheckedStaffInvitation } from "@/api/types";
import { startI18n } from "@/i18n";
import { server } from "@/test/server";
import { mockPost, noContent, problemResponse } from "@/test/typed";
import { App } from "../../App";
import { setSessionForTest } from "../../app/session";
import en from "../../words/first.en.json";

const practice = { slug: "riverside", name: "Riverside Dermatology" };
const invitation: CheckedStaffInvitation = { practice, fullName: "Omar Haddad", email: "omar@riverside.example", role: "nurse", minimumLength: 12 };
let sent: { path: string; body: unknown; practice: string | null }[] = [];

beforeAll(() => startI18n({ en, es: () => import("../../words/es") }));
beforeEach(() => {
  sent = [];
  setSessionForTest({ kind: "signed-out" });
  server.use(http.get("/api/practices/:slug", () => HttpResponse.json(practice)));
});

function answerTo(path: string, given: () => object | Response) {
  server.use(
    mockPost(`/api/auth/${path}`, async (request) => {
      sent.push({ path, body: await request.json(), practice: request.headers.get("x-tenant-id") });
      return given() as never;
    }, 200),
  );
}

/** Follows a mail's link in a browser that has the app open already. */
async function follow(link: string) {
  window.history.replaceState(null, "", link);
  act(() => void window.dispatchEvent(new Event("popstate")));
  render(<App />);
  return userEvent.setup();
}

describe("the link of an invitation", () => {
  it("is checked, uses nothing up, and its secret leaves the address bar at once", async () => {
    answerTo("invitation/check", () => invitation);
    await follow("/invitation#secret-token");
    expect(window.location.href).toMatch(/\/invitation$/);
    expect(await screen.findByRole("heading", { name: "Join Riverside Dermatology" })).toBeInTheDocument();
    expect(screen.getByText("Omar Haddad")).toBeInTheDocument();
    expect(sent).toEqual([{ path: "invitation/check", body: { token: "secret-token" }, practice: null }]);
    expect(document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage, state: window.history.state as unknown })).not.toContain("secret-token");
  });

  it("takes a password that keeps the rules, then leads to the sign-in with the e-mail filled in", async () => {
    answerTo("invitation/check", () => invitation);
    answerTo("invitation/accept", () => noContent());
    const user = await follow("/invitation#secret-token");
    const field = await screen.findByLabelText("New password");
    await user.type(field, "short{Enter}");
    expect(field).toHaveAccessibleDescription(/Use at least 12 characters\./);
    expect(screen.getByText("At least 12 characters, 5 so far")).toBeInTheDocument();
    await user.clear(field);
    await user.click(field);
    await user.paste("five words and a stone");
    expect(screen.getByRole("status")).toHaveTextContent("Long enough");
    await user.keyboard("{Enter}");
    expect(await screen.findByText("Your account is ready. Sign in to begin.")).toBeInTheDocument();
    expect(screen.getByLabelText("Work e-mail")).toHaveValue("omar@riverside.example");
    expect(screen.getByLabelText("Practice")).toHaveValue("riverside");
    expect(sent.at(-1)).toEqual({ path: "invitation/accept", body: { token: "secret-token", password: "five words and a stone" }, practice: null });
  });

  it("says at the field what only the server knows against a password", async () => {
    answerTo("invitation/check", () => invitation);
    answerTo("invitation/accept", () => problemResponse(422, "validation_failed", { errors: [{ pointer: "/password", code: "too_common", message: "" }] as never }));
    const user = await follow("/invitation#secret-token");
    await user.click(await screen.findByLabelText("New password"));
    await user.paste("password1234567");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByLabelText("New password")).toHaveAccessibleDescription(/Many people use this password/));
  });

  it("that is used up says what to do", async () => {
    answerTo("invitation/check", () => problemResponse(401, "invalid_token"));
    const user = await follow("/invitation#old");
    expect(await screen.findByRole("alert")).toHaveTextContent("Ask your administrator to send it again.");
    await user.click(screen.getByRole("button", { name: "Go to the sign-in" }));
    expect(await screen.findByRole("heading", { name: "Sign in to the inbox" })).toBeInTheDocument();
  });

  it("is not called used up when no answer came", async () => {
    server.use(http.post("/api/auth/invitation/check", () => HttpResponse.error()));
    const user = await follow("/invitation#good");
    expect(await screen.findByRole("alert")).toHaveTextContent("Check your connection.");
    answerTo("invitation/check", () => invitation);
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "Join Riverside Dermatology" })).toBeInTheDocument();
  });
});

describe("a lost password", () => {
  it("is asked about from the sign-in, and the answer is the same whoever asks", async () => {
    answerTo("password-reset", () => HttpResponse.json({}, { status: 202 }));
    const user = await follow("/");
    await user.click(await screen.findByLabelText("Practice"));
    await user.paste("Riverside");
    await user.click(screen.getByLabelText("Work e-mail"));
    await user.paste("nobody@riverside.example");
    await user.click(screen.getByRole("button", { name: "Forgot your password?" }));
    const ask = await screen.findByRole("button", { name: "Send the link" });
    expect(screen.getByLabelText("Work e-mail")).toHaveValue("nobody@riverside.example");
    expect(window.location.pathname).toBe("/reset-password");
    await user.click(ask);
    expect(await screen.findByRole("status")).toHaveTextContent("If there is an account with this e-mail, a link is on its way.");
    expect(sent).toEqual([{ path: "password-reset", body: { email: "nobody@riverside.example" }, practice: "riverside" }]);
  });

  it("is replaced by the link's page, which leads to the sign-in", async () => {
    answerTo("password-reset/check", () => ({ practice, minimumLength: 15 }));
    answerTo("password-reset/confirm", () => noContent());
    const user = await follow("/reset-password#secret-token");
    await user.click(await screen.findByLabelText("New password"));
    await user.paste("five words and a stone");
    await user.keyboard("{Enter}");
    expect(await screen.findByText("Your password is changed. Sign in with the new one.")).toBeInTheDocument();
    expect(sent.map(({ path }) => path)).toEqual(["password-reset/check", "password-reset/confirm"]);
  });

  it("needs a new link when this one ran out meanwhile", async () => {
    answerTo("password-reset/check", () => ({ practice, minimumLength: 15 }));
    answerTo("password-reset/confirm", () => problemResponse(401, "invalid_token"));
    const user = await follow("/reset-password#secret-token");
    await user.click(await screen.findByLabelText("New password"));
    await user.paste("five words and a stone");
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("Ask for another at the sign-in");
  });
});
