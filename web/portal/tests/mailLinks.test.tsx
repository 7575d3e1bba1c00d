import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import type { CheckedInvitation } from "@/api/types";
import { server } from "@/test/server";
import { noContent, problemResponse } from "@/test/typed";
import { AUTH, openPortal, signedOut } from "./portal";

const SECRET = "tw-secret-token";
const practice = { slug: "riverside", name: "Riverside Dermatology" };
const self: CheckedInvitation = { practice, kind: "self", relationship: "self", needsBirthDate: true, hasAccount: false, minimumLength: 15 };
const guardian: CheckedInvitation = { ...self, kind: "proxy", relationship: "guardian", needsBirthDate: false };

/** A server with one invitation; how often it was looked at, and what it was accepted with. */
function invites(invitation: CheckedInvitation | null, accept: () => Response = noContent) {
  const seen = { checks: [] as unknown[], accepted: [] as unknown[] };
  signedOut();
  server.use(
    http.post(`${AUTH}/invitation/check`, async ({ request }) => {
      seen.checks.push(await request.json());
      return invitation ? HttpResponse.json({ ...invitation }) : problemResponse(401, "invalid_token");
    }),
    http.post(`${AUTH}/invitation/accept`, async ({ request }) => {
      seen.accepted.push(await request.json());
      return accept();
    }),
  );
  return seen;
}

const accept = () => screen.getByRole("button", { name: "Accept the invitation" });

describe("a link's secret", () => {
  it.each(["invitation", "reset-password", "confirm-email"])("leaves the address of %s at once, and is in no storage", async (page) => {
    invites(self);
    server.use(http.post(`${AUTH}/password-reset/check`, () => HttpResponse.json({ practice, minimumLength: 15 })));
    const { history } = await openPortal(`/riverside/${page}#${SECRET}`);
    await screen.findByRole("heading", { level: 1 });
    const outside = [history.location.href, JSON.stringify(history.location.state), JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.title];
    expect(outside.join("\n")).not.toContain(SECRET);
    expect(history.location.pathname).toBe(`/portal/riverside/${page}`);
    expect(history.length).toBe(1);
  });

  it("is asked for again when the link came without one", async () => {
    const seen = invites(self);
    await openPortal("/riverside/invitation");
    expect(await screen.findByRole("heading", { name: "This invitation no longer works" })).toBeVisible();
    expect(seen.checks).toEqual([]);
  });
});

describe("an invitation for oneself", () => {
  it("is accepted with birth date and a new password, and by nothing less than a press", async () => {
    const seen = invites(self);
    const { user } = await openPortal(`/riverside/invitation#${SECRET}`);
    expect(await screen.findByText(/Riverside Dermatology invites you/)).toBeVisible();
    expect(seen).toEqual({ checks: [{ token: SECRET }], accepted: [] });
    const date = within(screen.getByRole("group", { name: "Birth date" }));
    await user.selectOptions(date.getByLabelText("Month"), "June");
    await user.type(date.getByLabelText("Day"), "2");
    await user.type(date.getByLabelText("Year"), "1958");
    await user.type(screen.getByLabelText("New password"), "correct horse battery staple");
    await user.click(accept());
    expect(await screen.findByText("You accepted the invitation.")).toBeVisible();
    expect(screen.getByRole("heading", { name: "Welcome back" })).toBeVisible();
    expect(seen.accepted).toEqual([{ token: SECRET, password: "correct horse battery staple", birthDate: "1958-06-02" }]);
  });

  it("says at the date when it is not the one on file", async () => {
    invites(self, () => problemResponse(401, "invalid_code"));
    const { user } = await openPortal(`/riverside/invitation#${SECRET}`);
    const date = within(await screen.findByRole("group", { name: "Birth date" }));
    await user.selectOptions(date.getByLabelText("Month"), "June");
    await user.type(date.getByLabelText("Day"), "2");
    await user.type(date.getByLabelText("Year"), "1958");
    await user.type(screen.getByLabelText("New password"), "correct horse battery staple");
    await user.click(accept());
    expect(await screen.findByText(/This is not the birth date that we have/)).toBeVisible();
  });
});

describe("an invitation to help somebody", () => {
  it("asks for one's own name, and names the practice and the part but no patient", async () => {
    const seen = invites(guardian);
    const { user } = await openPortal(`/riverside/invitation#${SECRET}`);
    expect(await screen.findByRole("heading", { name: "You are invited as a guardian" })).toBeVisible();
    expect(screen.getByText(/messages at Riverside Dermatology/)).toBeVisible();
    expect(screen.queryByRole("group", { name: "Birth date" })).toBeNull();
    await user.click(accept());
    expect(screen.getByLabelText("Your own name")).toHaveFocus();
    await user.type(screen.getByLabelText("Your own name"), "Carla Mendes");
    await user.type(screen.getByLabelText("New password"), "correct horse battery staple");
    await user.click(accept());
    await screen.findByText("You accepted the invitation.");
    expect(seen.accepted).toEqual([{ token: SECRET, password: "correct horse battery staple", fullName: "Carla Mendes" }]);
  });

  it("is accepted with the password of the sign-in that is there", async () => {
    let tries = 0;
    const seen = invites({ ...guardian, hasAccount: true }, () => ((tries += 1) === 1 ? problemResponse(401, "invalid_credentials") : noContent()));
    const { user } = await openPortal(`/riverside/invitation#${SECRET}`);
    expect(await screen.findByText("You already have a sign-in here.")).toBeVisible();
    expect(screen.queryByLabelText("Your own name")).toBeNull();
    await user.type(screen.getByLabelText("Your password"), "wrong");
    await user.click(accept());
    expect(await screen.findByText(/This is not the password of your sign-in/)).toBeVisible();
    await user.clear(screen.getByLabelText("Your password"));
    await user.type(screen.getByLabelText("Your password"), "right");
    await user.click(accept());
    await screen.findByText("You accepted the invitation.");
    expect(seen.accepted).toEqual([{ token: SECRET, password: "wrong" }, { token: SECRET, password: "right" }]);
  });

  it("says when it was used or is too old, and when the server cannot be reached", async () => {
    invites(null);
    await openPortal(`/riverside/invitation#${SECRET}`);
    expect(await screen.findByRole("heading", { name: "This invitation no longer works" })).toBeVisible();
    server.use(http.post(`${AUTH}/invitation/check`, () => HttpResponse.error()));
    await openPortal("/riverside/invitation#another");
    expect(await screen.findByRole("button", { name: "Try again" })).toBeVisible();
  });
});

describe("a forgotten password", () => {
  it("sends the same words to everybody", async () => {
    signedOut();
    const asked: unknown[] = [];
    server.use(http.post(`${AUTH}/password-reset`, async ({ request }) => {
      asked.push([request.headers.get("x-tenant-id"), await request.json()]);
      return new HttpResponse(null, { status: 202 });
    }));
    const { user } = await openPortal("/riverside");
    await user.click(await screen.findByRole("link", { name: "Forgot your password?" }));
    await user.type(await screen.findByLabelText("E-mail"), "ana.silva@example.org");
    await user.click(screen.getByRole("button", { name: "Send me the link" }));
    expect(await screen.findByText(/If ana.silva@example.org has a sign-in here/)).toBeVisible();
    expect(asked).toEqual([["riverside", { email: "ana.silva@example.org" }]]);
  });

  it("is replaced by the link of the mail", async () => {
    signedOut();
    const set: unknown[] = [];
    server.use(
      http.post(`${AUTH}/password-reset/check`, () => HttpResponse.json({ practice, minimumLength: 12 })),
      http.post(`${AUTH}/password-reset/confirm`, async ({ request }) => {
        set.push(await request.json());
        return noContent();
      }),
    );
    const { user } = await openPortal(`/riverside/reset-password#${SECRET}`);
    const field = await screen.findByLabelText("New password");
    expect(field).toHaveAccessibleDescription(/At least 12 characters/);
    await user.type(field, "twelve chars");
    await user.click(screen.getByRole("button", { name: "Save password" }));
    expect(await screen.findByText("Your password is changed.")).toBeVisible();
    expect(set).toEqual([{ token: SECRET, password: "twelve chars" }]);
  });

  it("offers a new link when this one is dead", async () => {
    signedOut();
    server.use(http.post(`${AUTH}/password-reset/check`, () => problemResponse(401, "invalid_token")));
    const { user } = await openPortal(`/riverside/reset-password#${SECRET}`);
    await user.click(await screen.findByRole("button", { name: "Ask for a new link" }));
    expect(await screen.findByRole("heading", { name: "Forgot your password?" })).toBeVisible();
  });
});

it("confirms a new e-mail by a press, never by opening the page", async () => {
  signedOut();
  const confirmed: unknown[] = [];
  server.use(http.post(`${AUTH}/email/confirm`, async ({ request }) => {
    confirmed.push(await request.json());
    return noContent();
  }));
  const { user } = await openPortal(`/riverside/confirm-email#${SECRET}`);
  const button = await screen.findByRole("button", { name: "Yes, this is my e-mail" });
  expect(confirmed).toEqual([]);
  await user.click(button);
  expect(await screen.findByText("Your new e-mail is confirmed.")).toBeVisible();
  expect(confirmed).toEqual([{ token: SECRET }]);
});
