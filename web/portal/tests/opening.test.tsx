import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import type { ActivationBegun } from "@/api/types";
import { server } from "@/test/server";
import { noContent, problemResponse } from "@/test/typed";
import { AUTH, openPortal, signedOut } from "./portal";

type User = Awaited<ReturnType<typeof openPortal>>["user"];

/** A server that sends codes; what it was asked and told. */
function sendsCodes(complete: () => Response = noContent) {
  const seen = { asked: [] as unknown[], practices: [] as (string | null)[], told: [] as unknown[] };
  server.use(
    http.post(`${AUTH}/activation`, async ({ request }) => {
      seen.asked.push(await request.json());
      seen.practices.push(request.headers.get("x-tenant-id"));
      const begun: ActivationBegun = { activationToken: `activation-${seen.asked.length}`, expiresIn: 900 };
      return HttpResponse.json({ ...begun }, { status: 202 });
    }),
    http.post(`${AUTH}/activation/complete`, async ({ request }) => {
      seen.told.push(await request.json());
      return complete();
    }),
  );
  return seen;
}

const date = () => within(screen.getByRole("group", { name: "Birth date" }));

async function sayWho(user: User) {
  await user.type(await screen.findByLabelText("Your e-mail"), "ana.silva@example.org");
  await user.selectOptions(date().getByLabelText("Month"), "June");
  await user.type(date().getByLabelText("Day"), "2");
  await user.type(date().getByLabelText("Year"), "1958");
  await user.click(screen.getByRole("button", { name: "Send me a code" }));
  await screen.findByLabelText("Code from our mail");
}

async function enterCode(user: User, code = "1234 5678") {
  await user.type(screen.getByLabelText("Code from our mail"), code);
  await user.type(screen.getByLabelText("New password"), "correct horse battery staple");
  await user.click(screen.getByRole("button", { name: "Open my account" }));
}

describe("opening an account", () => {
  it("is offered where the practice checks who somebody is, and only there", async () => {
    signedOut();
    await openPortal("/riverside");
    expect(await screen.findByRole("button", { name: "First time here?" })).toBeVisible();
    expect(screen.queryByRole("link", { name: /Open your account/ })).toBeNull();
    const { user } = await openPortal("/riverside", { identityCheck: true });
    await user.click(await screen.findByRole("link", { name: "First time here? Open your account" }));
    expect(await screen.findByRole("heading", { name: "Open your account" })).toBeVisible();
  });

  it("asks for a code with what the practice knows, and says the same to everybody", async () => {
    signedOut();
    const seen = sendsCodes();
    const { user, history } = await openPortal("/riverside/activate");
    await sayWho(user);
    expect(seen.asked).toEqual([{ email: "ana.silva@example.org", birthDate: "1958-06-02" }]);
    expect(seen.practices).toEqual(["riverside"]);
    expect(screen.getByRole("status")).toHaveTextContent("If we know you, a code is on its way.");
    expect(history.location.href).not.toMatch(/ana|1958|activation-/);
  });

  it("ends at the sign-in with the e-mail filled in", async () => {
    signedOut();
    const seen = sendsCodes();
    const { user, history } = await openPortal("/riverside/activate");
    await sayWho(user);
    await enterCode(user);
    expect(await screen.findByText("Your account is open.")).toBeVisible();
    expect(screen.getByLabelText("E-mail")).toHaveValue("ana.silva@example.org");
    expect(seen.told).toEqual([{ activationToken: "activation-1", code: "12345678", password: "correct horse battery staple" }]);
    expect(`${history.location.href}${JSON.stringify(history.location.state)}${JSON.stringify({ ...localStorage })}`).not.toMatch(/ana\.silva/);
  });

  it("keeps what was typed when the code is wrong", async () => {
    signedOut();
    sendsCodes(() => problemResponse(401, "invalid_code"));
    const { user } = await openPortal("/riverside/activate");
    await sayWho(user);
    await enterCode(user);
    expect(await screen.findByText(/This code is not right/)).toBeVisible();
    expect(screen.getByLabelText("New password")).toHaveValue("correct horse battery staple");
  });

  it("starts again with the answers kept when the code has ended", async () => {
    signedOut();
    sendsCodes(() => problemResponse(401, "invalid_token"));
    const { user } = await openPortal("/riverside/activate");
    await sayWho(user);
    await enterCode(user);
    expect(await screen.findByText("This code no longer works.")).toBeVisible();
    expect(screen.getByLabelText("Your e-mail")).toHaveValue("ana.silva@example.org");
    expect(date().getByLabelText("Year")).toHaveValue("1958");
  });

  it("uses the newest code after another was asked for", async () => {
    signedOut();
    const seen = sendsCodes();
    const { user } = await openPortal("/riverside/activate");
    await sayWho(user);
    await user.click(screen.getByRole("button", { name: "Send a new code" }));
    await enterCode(user);
    await screen.findByText("Your account is open.");
    expect(seen.told).toMatchObject([{ activationToken: "activation-2" }]);
  });

  it("says what is wrong with a password, before and after asking", async () => {
    signedOut();
    const seen = sendsCodes(() => problemResponse(422, "validation_failed", { errors: [{ pointer: "/password", code: "too_common" }] }));
    const { user } = await openPortal("/riverside/activate");
    await sayWho(user);
    await user.type(screen.getByLabelText("Code from our mail"), "12345678");
    await user.type(screen.getByLabelText("New password"), "short");
    await user.click(screen.getByRole("button", { name: "Open my account" }));
    expect(screen.getByLabelText("New password")).toHaveAccessibleDescription(/at least 15 characters/);
    expect(seen.told).toEqual([]);
    await user.type(screen.getByLabelText("New password"), "shortshortshort");
    await user.click(screen.getByRole("button", { name: "Open my account" }));
    expect(await screen.findByText(/Too many people use this password/)).toBeVisible();
  });

  it.each([
    ["nothing", "", "", "", "Fill in month, day and year"],
    ["a year of two digits", "6", "2", "58", "four digits"],
    ["a day that is not", "2", "30", "1958", "This day does not exist"],
    ["a day to come", "1", "1", "2199", "This day does not exist"],
  ])("says at the date what is wrong with %s", async (_what, month, day, year, words) => {
    signedOut();
    const seen = sendsCodes();
    const { user } = await openPortal("/riverside/activate");
    await user.type(await screen.findByLabelText("Your e-mail"), "ana.silva@example.org");
    if (month) await user.selectOptions(date().getByLabelText("Month"), month);
    if (day) await user.type(date().getByLabelText("Day"), day);
    if (year) await user.type(date().getByLabelText("Year"), year);
    await user.click(screen.getByRole("button", { name: "Send me a code" }));
    expect(await screen.findByText(new RegExp(words))).toBeVisible();
    expect(seen.asked).toEqual([]);
  });

  it("says whom to call where the practice does not do it", async () => {
    signedOut();
    server.use(http.post(`${AUTH}/activation`, () => problemResponse(403, "forbidden")));
    const { user } = await openPortal("/riverside/activate");
    await user.type(await screen.findByLabelText("Your e-mail"), "ana.silva@example.org");
    await user.selectOptions(date().getByLabelText("Month"), "June");
    await user.type(date().getByLabelText("Day"), "2");
    await user.type(date().getByLabelText("Year"), "1958");
    await user.click(screen.getByRole("button", { name: "Send me a code" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("You cannot open an account here by yourself.");
  });
});
