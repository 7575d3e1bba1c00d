import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PortalSignIn, ProofMethod, SecondFactorDue } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPost, problemResponse } from "@/test/typed";
import { ana, meOf, threadOf } from "./fixtures";
import { AUTH, lists, openPortal, signedOut } from "./portal";

const passkeys = vi.hoisted(() => ({ startAuthentication: vi.fn(), startRegistration: vi.fn(), browserSupportsWebAuthn: vi.fn(() => true) }));
vi.mock("@simplewebauthn/browser", () => passkeys);

type User = Awaited<ReturnType<typeof openPortal>>["user"];

beforeEach(() => void passkeys.browserSupportsWebAuthn.mockReturnValue(true));

/** A server that asks for more after the password; what it is sent then. */
function asksFor(methods: ProofMethod[], answer?: (body: Record<string, unknown>) => Response | undefined) {
  const sent: Record<string, unknown>[] = [];
  const { account, patients, actingFor, tenant } = meOf([ana]);
  const signedIn: PortalSignIn = { accessToken: "token", expiresIn: 600, account, patients, actingFor, tenant };
  signedOut();
  lists(() => [threadOf()]);
  server.use(
    mockPost<SecondFactorDue & object>(`${AUTH}/login`, { mfaRequired: true, mfaToken: "mfa-1", expiresIn: 600, methods, enrolmentRequired: false }, 200),
    mockGet(`${AUTH}/me`, { ...meOf([ana]) }),
    http.post(`${AUTH}/second-factor`, async ({ request }) => {
      const body = (await request.json()) as Record<string, unknown>;
      sent.push(body);
      return answer?.(body) ?? HttpResponse.json({ ...signedIn });
    }),
  );
  return sent;
}

async function passFirstStep(user: User) {
  await user.type(await screen.findByLabelText("E-mail"), "ana.silva@example.org");
  await user.type(screen.getByLabelText("Password"), "right");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await screen.findByRole("heading", { name: "One more step" });
}

describe("an account with a code app", () => {
  it("opens with the code, as people copy it", async () => {
    const sent = asksFor(["totp"]);
    const { user } = await openPortal("/riverside");
    await passFirstStep(user);
    const field = screen.getByLabelText("Code from your app");
    expect(field).toHaveAttribute("autocomplete", "one-time-code");
    expect(field).toHaveAttribute("inputmode", "numeric");
    await user.type(field, "123 456");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    expect(await screen.findByRole("heading", { name: "Your messages" })).toBeVisible();
    expect(sent).toEqual([{ mfaToken: "mfa-1", method: "totp", code: "123456" }]);
  });

  it("says at the field that a code is wrong, and takes another", async () => {
    const sent = asksFor(["totp"], ({ code }) => (code === "000000" ? problemResponse(401, "invalid_code") : undefined));
    const { user } = await openPortal("/riverside");
    await passFirstStep(user);
    await user.type(screen.getByLabelText("Code from your app"), "000000{Enter}");
    await waitFor(() => expect(screen.getByLabelText("Code from your app")).toHaveAccessibleDescription(/This code is not right/));
    expect(screen.getByLabelText("Code from your app")).toHaveValue("");
    await user.type(screen.getByLabelText("Code from your app"), "123456{Enter}");
    expect(await screen.findByRole("heading", { name: "Your messages" })).toBeVisible();
    expect(sent).toHaveLength(2);
  });

  it("starts again with the e-mail kept when the first step is used up", async () => {
    asksFor(["totp"], () => problemResponse(401, "invalid_token"));
    const { user } = await openPortal("/riverside");
    await passFirstStep(user);
    await user.type(screen.getByLabelText("Code from your app"), "123456{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("Please start again.");
    expect(screen.getByLabelText("E-mail")).toHaveValue("ana.silva@example.org");
    expect(screen.getByLabelText("Password")).toHaveValue("");
  });

  it("says how long to wait after too many tries", async () => {
    asksFor(["totp"], () => problemResponse(429, "rate_limited", {}, { "retry-after": "90" }));
    const { user } = await openPortal("/riverside");
    await passFirstStep(user);
    await user.type(screen.getByLabelText("Code from your app"), "123456{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("Wait 2 minutes.");
  });

  it("asks nobody without a code, and goes back without losing the e-mail", async () => {
    const sent = asksFor(["totp"]);
    const { user } = await openPortal("/riverside");
    await passFirstStep(user);
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    expect(screen.getByLabelText("Code from your app")).toHaveAccessibleDescription(/Enter the code/);
    expect(sent).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Back" }));
    expect(await screen.findByLabelText("E-mail")).toHaveValue("ana.silva@example.org");
  });
});

it("takes a recovery code in the place of the app's", async () => {
  const sent = asksFor(["totp", "recovery_code"]);
  const { user } = await openPortal("/riverside");
  await passFirstStep(user);
  await user.click(screen.getByRole("button", { name: "Use a recovery code" }));
  await user.type(screen.getByLabelText("Recovery code"), "k7p2-m9xq-tr4w");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await screen.findByRole("heading", { name: "Your messages" });
  expect(sent).toEqual([{ mfaToken: "mfa-1", method: "recovery_code", code: "k7p2-m9xq-tr4w" }]);
});

describe("an account with a passkey", () => {
  const options = { challenge: "c", rpId: "localhost" };
  const offers = () =>
    server.use(http.post(`${AUTH}/second-factor/passkey-options`, async ({ request }) => {
      expect(await request.json()).toEqual({ mfaToken: "mfa-1" });
      return HttpResponse.json({ publicKey: options });
    }));

  it("opens by what the device answers", async () => {
    const sent = asksFor(["totp", "passkey"]);
    offers();
    passkeys.startAuthentication.mockResolvedValueOnce({ id: "credential" });
    const { user } = await openPortal("/riverside");
    await passFirstStep(user);
    await user.click(screen.getByRole("button", { name: "Use my passkey" }));
    expect(await screen.findByRole("heading", { name: "Your messages" })).toBeVisible();
    expect(passkeys.startAuthentication).toHaveBeenCalledWith({ optionsJSON: options });
    expect(sent).toEqual([{ mfaToken: "mfa-1", method: "passkey", credential: { id: "credential" } }]);
  });

  it("says so when the device does not answer, and offers the other way", async () => {
    asksFor(["totp", "passkey"]);
    offers();
    passkeys.startAuthentication.mockRejectedValueOnce(new DOMException("no", "NotAllowedError"));
    const { user } = await openPortal("/riverside");
    await passFirstStep(user);
    await user.click(screen.getByRole("button", { name: "Use my passkey" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Your device did not answer.");
    await user.click(screen.getByRole("button", { name: "Use a code from my app" }));
    expect(screen.getByLabelText("Code from your app")).toBeVisible();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("is not offered where the browser knows no passkeys", async () => {
    passkeys.browserSupportsWebAuthn.mockReturnValue(false);
    asksFor(["totp", "passkey"]);
    const { user } = await openPortal("/riverside");
    await passFirstStep(user);
    expect(screen.getByLabelText("Code from your app")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Use my passkey" })).toBeNull();
  });
});
