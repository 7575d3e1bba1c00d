import * as webauthn from "@simplewebauthn/browser";
import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { SecondFactorDue } from "@/api/types";
import { server } from "@/test/server";
import { mockPost, problemResponse } from "@/test/typed";
import { due, renderDoor, signedIn } from "../../test/renderDoor";

vi.mock("@simplewebauthn/browser", { spy: true });

beforeEach(() => void vi.mocked(webauthn.browserSupportsWebAuthn).mockReturnValue(true));

/** The right password, after which `answer` is due; and what is sent from there on. */
async function password(answer: SecondFactorDue) {
  const sent: unknown[] = [];
  const { user } = await renderDoor();
  server.use(http.post("/api/auth/login", () => HttpResponse.json(answer)));
  for (const [label, words] of [["Practice", "riverside"], ["Work e-mail", "nurse@riverside.example"], ["Password", "threadwell-demo-2026"]] as const) {
    await user.click(screen.getByLabelText(label));
    await user.paste(words);
  }
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  const answerTo = (path: string, given: () => object | Response) =>
    server.use(
      mockPost(`/api/auth/${path}`, async (request) => {
        sent.push(await request.json());
        return given() as never;
      }, 200),
    );
  return { user, sent, answerTo };
}

describe("a code", () => {
  it("may be pasted with what stands between its digits, and lets in", async () => {
    const { user, sent, answerTo } = await password(due());
    answerTo("second-factor", () => signedIn);
    const field = await screen.findByLabelText("Six-digit code");
    expect(field).toHaveFocus();
    expect(field).toHaveAttribute("autocomplete", "one-time-code");
    await user.paste(" 123-456 ");
    expect(field).toHaveValue("123456");
    await user.keyboard("{Enter}");
    expect(await screen.findByText("in as Priya Raman-Whitfield")).toBeInTheDocument();
    expect(sent).toEqual([{ mfaToken: "due-token", method: "totp", code: "123456" }]);
  });

  it("that is wrong is said at the field, which is emptied and has the focus", async () => {
    const { user, answerTo } = await password(due());
    answerTo("second-factor", () => problemResponse(401, "invalid_code"));
    await user.type(await screen.findByLabelText("Six-digit code"), "123456{Enter}");
    const field = screen.getByLabelText("Six-digit code");
    await waitFor(() => expect(field).toHaveAccessibleDescription(/That code is not right/));
    expect(field).toHaveValue("");
    expect(field).toHaveFocus();
  });

  it("that is short is not sent", async () => {
    const { user, sent, answerTo } = await password(due());
    answerTo("second-factor", () => signedIn);
    await user.type(await screen.findByLabelText("Six-digit code"), "12345{Enter}");
    expect(screen.getByLabelText("Six-digit code")).toHaveAccessibleDescription("Enter all six digits.");
    expect(sent).toEqual([]);
  });

  it("that was tried too often must rest, in words", async () => {
    const { user, answerTo } = await password(due());
    answerTo("second-factor", () => problemResponse(429, "rate_limited", {}, { "retry-after": "300" }));
    await user.type(await screen.findByLabelText("Six-digit code"), "123456{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("Too many attempts. Wait 5 minutes, then try again.");
    expect(screen.getByRole("button", { name: "Sign in" })).toHaveAttribute("aria-disabled", "true");
  });

  it("from a network that the practice does not allow is refused in words", async () => {
    const { user, answerTo } = await password(due());
    answerTo("second-factor", () => problemResponse(403, "address_not_allowed"));
    await user.type(await screen.findByLabelText("Six-digit code"), "123456{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent(/Your practice lets its staff work from certain networks only/);
  });

  it("of those that were kept is another way", async () => {
    const { user, sent, answerTo } = await password(due());
    answerTo("second-factor", () => signedIn);
    await user.click(await screen.findByRole("button", { name: "Use a recovery code" }));
    await user.type(screen.getByLabelText("Recovery code"), " a7kd-92mx {Enter}");
    expect(await screen.findByText(/^in as/)).toBeInTheDocument();
    expect(sent).toEqual([{ mfaToken: "due-token", method: "recovery_code", code: "a7kd-92mx" }]);
  });
});

describe("a second step that came too late", () => {
  async function backAtThePassword() {
    expect(await screen.findByText("The code took too long, or was wrong too often. Enter your password again.")).toBeInTheDocument();
    expect(screen.getByLabelText("Work e-mail")).toHaveValue("nurse@riverside.example");
    expect(screen.getByLabelText("Practice")).toHaveValue("riverside");
    expect(screen.getByLabelText("Password")).toHaveValue("");
    expect(screen.getByLabelText("Password")).toHaveFocus();
  }

  it("leads back to the password, with the e-mail kept", async () => {
    const { user, answerTo } = await password(due());
    answerTo("second-factor", () => problemResponse(401, "invalid_token"));
    await user.type(await screen.findByLabelText("Six-digit code"), "123456{Enter}");
    await backAtThePassword();
  });

  it("does so by itself", async () => {
    await password(due({ expiresIn: 1 }));
    await screen.findByLabelText("Six-digit code");
    await backAtThePassword();
  });
});

describe("a passkey", () => {
  const publicKey = { challenge: "Y2hhbGxlbmdl", rpId: "localhost" };
  const credential = { id: "k1", rawId: "k1", type: "public-key" } as never;

  it("lets in", async () => {
    vi.mocked(webauthn.startAuthentication).mockResolvedValue(credential);
    const { user, sent, answerTo } = await password(due({ methods: ["passkey", "totp"] }));
    answerTo("second-factor/passkey-options", () => ({ publicKey }));
    answerTo("second-factor", () => signedIn);
    await user.click(await screen.findByRole("button", { name: "Use a passkey" }));
    expect(await screen.findByText(/^in as/)).toBeInTheDocument();
    expect(webauthn.startAuthentication).toHaveBeenCalledWith({ optionsJSON: publicKey });
    expect(sent).toEqual([{ mfaToken: "due-token" }, { mfaToken: "due-token", method: "passkey", credential }]);
  });

  it("that was not used leaves every way open", async () => {
    vi.mocked(webauthn.startAuthentication).mockRejectedValue(new DOMException("closed", "NotAllowedError"));
    const { user, answerTo } = await password(due({ methods: ["passkey", "totp"] }));
    answerTo("second-factor/passkey-options", () => ({ publicKey }));
    await user.click(await screen.findByRole("button", { name: "Use a passkey" }));
    expect(await screen.findByRole("status")).toHaveTextContent("No passkey was used.");
    await user.click(screen.getByRole("button", { name: "Use a code from the app" }));
    expect(screen.getByLabelText("Six-digit code")).toHaveFocus();
  });

  it("is not offered where the browser knows none", async () => {
    vi.mocked(webauthn.browserSupportsWebAuthn).mockReturnValue(false);
    await password(due({ methods: ["passkey", "totp"] }));
    expect(await screen.findByLabelText("Six-digit code")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Use a passkey" })).not.toBeInTheDocument();
  });
});

describe("a practice that demands a second step", () => {
  const recoveryCodes = Array.from({ length: 10 }, (_, at) => `code-${at}`);
  const demanded = due({ methods: [], enrolmentRequired: true });
  const setup = { id: "f1", secret: "JBSWY3DPEHPK3PXP", uri: "otpauth://totp/Threadwell?secret=JBSWY3DPEHPK3PXP" };

  async function setUpApp() {
    const all = await password(demanded);
    all.answerTo("enrolment/totp", () => setup);
    all.answerTo("enrolment/totp/confirm", () => ({ ...signedIn, recoveryCodes }));
    await all.user.click(await screen.findByRole("button", { name: /^Authenticator app/ }));
    await all.user.type(await screen.findByLabelText("Six-digit code"), "654321{Enter}");
    await screen.findByRole("heading", { name: "Recovery codes" });
    return all;
  }

  it("shows the app's secret as a picture and in groups of four", async () => {
    const { user, answerTo } = await password(demanded);
    answerTo("enrolment/totp", () => setup);
    await user.click(await screen.findByRole("button", { name: /^Authenticator app/ }));
    expect(await screen.findByRole("img", { name: /camera/ })).toBeInTheDocument();
    expect(screen.getByText("JBSW Y3DP EHPK 3PXP")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Copy the key" }));
    await expect(navigator.clipboard.readText()).resolves.toBe(setup.secret);
  });

  it("lets in once the codes are kept, not before", async () => {
    const { user, sent } = await setUpApp();
    expect(sent).toEqual([{ mfaToken: "due-token" }, { mfaToken: "due-token", id: "f1", code: "654321" }]);
    expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual(recoveryCodes);
    await user.click(screen.getByRole("button", { name: "Go on to the inbox" }));
    expect(screen.queryByText(/^in as/)).not.toBeInTheDocument();
    await user.click(screen.getByRole("checkbox", { name: "I have kept these codes" }));
    await user.click(screen.getByRole("button", { name: "Go on to the inbox" }));
    expect(await screen.findByText(/^in as/)).toBeInTheDocument();
  });

  it("hands the codes over by clipboard, file and printer", async () => {
    const { user } = await setUpApp();
    const made = vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:codes");
    // What is no browser cannot go to a file's address, and answers nothing any more after the attempt.
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
    const print = vi.fn();
    vi.stubGlobal("print", print);
    await user.click(screen.getByRole("button", { name: "Copy the codes" }));
    await expect(navigator.clipboard.readText()).resolves.toBe(recoveryCodes.join("\n"));
    await user.click(screen.getByRole("button", { name: "Download" }));
    const [blob] = made.mock.calls[0] ?? [];
    const text = await (blob as Blob).text();
    expect(recoveryCodes.every((code) => text.includes(code))).toBe(true);
    await user.click(screen.getByRole("button", { name: "Print" }));
    expect(print).toHaveBeenCalledOnce();
  });

  it("takes a passkey too", async () => {
    const credential = { id: "k1" } as never;
    vi.mocked(webauthn.startRegistration).mockResolvedValue(credential);
    const { user, sent, answerTo } = await password(demanded);
    answerTo("enrolment/passkey-options", () => ({ publicKey: { challenge: "x" } }));
    answerTo("enrolment/passkey", () => ({ ...signedIn, recoveryCodes }));
    await user.click(await screen.findByRole("button", { name: /^Passkey/ }));
    const name = screen.getByLabelText("Name");
    await user.clear(name);
    await user.type(name, "Desk 4{Enter}");
    expect(await screen.findByRole("heading", { name: "Recovery codes" })).toBeInTheDocument();
    expect(sent.at(-1)).toEqual({ mfaToken: "due-token", name: "Desk 4", credential });
  });
});
