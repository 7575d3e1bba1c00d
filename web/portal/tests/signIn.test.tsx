import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import type { PortalSignIn } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, problemResponse } from "@/test/typed";
import { ana, meOf, mateo, sofia, threadOf } from "./fixtures";
import { AUTH, lists, openPortal, signedOut } from "./portal";

async function fillIn(user: Awaited<ReturnType<typeof openPortal>>["user"], password = "right") {
  await user.type(await screen.findByLabelText("E-mail"), "ana.silva@example.org");
  await user.type(screen.getByLabelText("Password"), password);
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

const refuses = (status: number, code: string, headers?: HeadersInit) =>
  server.use(http.post(`${AUTH}/login`, () => problemResponse(status, code, {}, headers)));

describe("the practice's page", () => {
  it("shows whom to call before anything is typed", async () => {
    signedOut();
    await openPortal("/riverside");
    expect(await screen.findByRole("link", { name: "Call 911" })).toHaveAttribute("href", "tel:911");
    expect(screen.getByRole("link", { name: /Call us: \(555\)/ })).toHaveAttribute("href", "tel:+15550100142");
    expect(document.title).toBe("Sign in · Riverside Dermatology");
  });

  it("says at the field what is missing, and asks nobody", async () => {
    signedOut();
    const { user } = await openPortal("/riverside");
    await user.click(await screen.findByRole("button", { name: "Sign in" }));
    const email = screen.getByLabelText("E-mail");
    expect(email).toHaveAccessibleDescription("Enter your e-mail");
    expect(email).toBeInvalid();
    expect(email).toHaveFocus();
  });

  it("never says which of the two was wrong, and forgets the password", async () => {
    signedOut();
    refuses(401, "invalid_credentials");
    const { user } = await openPortal("/riverside");
    await fillIn(user, "wrong");
    expect(await screen.findByRole("alert")).toHaveTextContent("That e-mail and password do not match.");
    expect(screen.getByLabelText("Password")).toHaveValue("");
    expect(screen.getByLabelText("E-mail")).toHaveValue("ana.silva@example.org");
  });

  it("says how long to wait after too many tries", async () => {
    signedOut();
    refuses(429, "rate_limited", { "retry-after": "90" });
    const { user } = await openPortal("/riverside");
    await fillIn(user);
    expect(await screen.findByRole("alert")).toHaveTextContent("Wait 2 minutes.");
  });

  it("says that a practice is unknown", async () => {
    signedOut();
    server.use(http.get("/api/practices/nowhere", () => problemResponse(404, "not_found")));
    await openPortal("/nowhere");
    expect(await screen.findByRole("heading", { name: "We do not know this practice" })).toBeVisible();
  });
});

describe("signing in", () => {
  const signsInAs = (me: ReturnType<typeof meOf>) => {
    const seen: { practice?: string | null } = {};
    server.use(
      http.post(`${AUTH}/login`, ({ request }) => {
        seen.practice = request.headers.get("x-tenant-id");
        const { account, patients, actingFor, tenant } = me;
        const answer: PortalSignIn = { accessToken: "token", expiresIn: 600, account, patients, actingFor, tenant };
        return HttpResponse.json({ ...answer });
      }),
      mockGet(`${AUTH}/me`, { ...me }),
    );
    return seen;
  };

  it("names the practice and shows the messages in place", async () => {
    signedOut();
    const seen = signsInAs(meOf([ana]));
    lists(() => [threadOf()]);
    const { user } = await openPortal("/riverside");
    await fillIn(user);
    expect(await screen.findByRole("heading", { name: "Your messages" })).toBeVisible();
    expect(await screen.findByRole("link", { name: /Tretinoin refill/ })).toBeVisible();
    expect(seen.practice).toBe("riverside");
  });

  it("asks first for whom, where there are several", async () => {
    signedOut();
    signsInAs(meOf([sofia, mateo], null));
    const { user } = await openPortal("/riverside");
    await fillIn(user);
    expect(await screen.findByRole("heading", { name: "Who are you here for?" })).toBeVisible();
    expect(screen.getByRole("radio", { name: /Mateo Mendes/ })).toBeInTheDocument();
  });
});

it("goes straight to the only practice, and offers several", async () => {
  signedOut();
  server.use(mockGet("/api/practices", { practices: [{ slug: "riverside", name: "Riverside Dermatology" }] }));
  await openPortal("/");
  expect(await screen.findByRole("heading", { name: "Welcome back" })).toBeVisible();

  server.use(mockGet("/api/practices", { practices: [{ slug: "a", name: "Practice A" }, { slug: "b", name: "Practice B" }] }));
  await openPortal("/");
  expect(await screen.findByRole("link", { name: "Practice B" })).toHaveAttribute("href", "/portal/b?show=all");
});
