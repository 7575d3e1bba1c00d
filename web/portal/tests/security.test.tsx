import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import type { Factors, OwnSessions } from "@/api/types";
import { server } from "@/test/server";
import { noContent, problemResponse } from "@/test/typed";
import { ana } from "./fixtures";
import { AUTH, openPortal, signedIn } from "./portal";

const passkeys = vi.hoisted(() => ({ startAuthentication: vi.fn(), startRegistration: vi.fn(), browserSupportsWebAuthn: vi.fn(() => true) }));
vi.mock("@simplewebauthn/browser", () => passkeys);

const none: Factors = { factors: [], recoveryCodesLeft: 0, demanded: false };
const app = { id: "f-1", kind: "totp", name: "Code app", createdAt: "2026-03-01T09:00:00.000Z", lastUsedAt: null } as const;
const passkey = { ...app, id: "f-2", kind: "passkey", name: "My phone" } as const;
const session = {
  id: "s-1", isCurrent: true, deviceName: null, browser: "Chrome on Android", address: "203.0.113.7", createdAt: "2026-03-01T09:00:00.000Z",
  lastActivityAt: "2026-03-01T10:00:00.000Z", expiresAt: "2030-01-01T00:00:00.000Z", method: "password",
} as const;
const CODES = Array.from({ length: 10 }, (_, at) => `code-${at}`);

/** An account on its page, and every act that it sent. */
function account(factors: Factors = none, sessions: OwnSessions["sessions"] = [session]) {
  const now = { factors, sessions };
  const sent: [string, unknown][] = [];
  signedIn([ana]);
  const note = async (request: Request) => {
    const text = await request.clone().text();
    sent.push([`${request.method} ${new URL(request.url).pathname.replace(AUTH, "")}`, text ? JSON.parse(text) : undefined]);
  };
  const on = (method: "post" | "delete", path: string, answer: () => Response) =>
    server.use(http[method](`${AUTH}${path}`, async ({ request }) => {
      await note(request);
      return answer();
    }));
  server.use(
    http.get(`${AUTH}/factors`, () => HttpResponse.json({ ...now.factors })),
    http.get(`${AUTH}/sessions`, () => HttpResponse.json({ sessions: now.sessions })),
  );
  return { now, sent, on };
}

const open = () => openPortal("/riverside/account/security");
const dialog = async (role = "alertdialog") => within(await screen.findByRole(role));

describe("the password", () => {
  it("is changed with the old one, and says what happens elsewhere", async () => {
    const { sent, on } = account();
    on("post", "/password", noContent);
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: "Change password" }));
    await user.type(screen.getByLabelText("Your password now"), "old one");
    await user.type(screen.getByLabelText("New password"), "correct horse battery staple");
    await user.click(screen.getByRole("button", { name: "Save password" }));
    expect(await screen.findByText("Your password is changed.")).toBeVisible();
    expect(sent).toEqual([["POST /password", { currentPassword: "old one", newPassword: "correct horse battery staple" }]]);
  });

  it("says at the field that the old one is wrong, asks once, and ends no session", async () => {
    const { sent, on } = account();
    on("post", "/password", () => problemResponse(401, "invalid_credentials"));
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: "Change password" }));
    await user.type(screen.getByLabelText("Your password now"), "wrong");
    await user.type(screen.getByLabelText("New password"), "correct horse battery staple");
    await user.click(screen.getByRole("button", { name: "Save password" }));
    await waitFor(() => expect(screen.getByLabelText("Your password now")).toHaveAccessibleDescription(/This is not your password/));
    expect(sent).toHaveLength(1);
    expect(screen.getByRole("heading", { name: "Sign-in and devices" })).toBeVisible();
  });

  it("is to be a longer one before it stands alone, and the way leads there", async () => {
    const { on } = account({ ...none, factors: [app], recoveryCodesLeft: 8 });
    on("delete", "/factors/f-1", () => problemResponse(409, "password_too_short"));
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: "Remove Code app" }));
    await user.click((await dialog()).getByRole("button", { name: "Remove" }));
    expect(await screen.findByText("Choose a longer password first.")).toBeVisible();
    expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
    await waitFor(() => expect(screen.getByLabelText("Your password now")).toHaveFocus());
    expect(screen.getByLabelText("New password")).toHaveAccessibleDescription(/At least 15 characters/);
  });

  it("is asked to be longer as often as somebody tries, and of no other change", async () => {
    const { on } = account({ ...none, factors: [app], recoveryCodesLeft: 8 });
    on("delete", "/factors/f-1", () => problemResponse(409, "password_too_short"));
    on("post", "/password", noContent);
    const { user } = await open();
    const tryToRemove = async () => {
      await user.click(await screen.findByRole("button", { name: "Remove Code app" }));
      await user.click((await dialog()).getByRole("button", { name: "Remove" }));
      expect(await screen.findByText("Choose a longer password first.")).toBeVisible();
      await waitFor(() => expect(screen.getByLabelText("Your password now")).toHaveFocus());
    };
    await tryToRemove();
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(screen.queryByText("Choose a longer password first.")).toBeNull();
    await tryToRemove();
    await user.type(screen.getByLabelText("Your password now"), "old one");
    await user.type(screen.getByLabelText("New password"), "correct horse battery staple");
    await user.click(screen.getByRole("button", { name: "Save password" }));
    expect(await screen.findByText("Your password is changed.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Change password" }));
    expect(screen.queryByText("Choose a longer password first.")).toBeNull();
    expect(screen.getByLabelText("New password")).toHaveAccessibleDescription(/At least 12 characters/);
  });

  it("may be shorter where there is a second factor", async () => {
    account({ ...none, factors: [app], recoveryCodesLeft: 8 });
    const { user } = await open();
    await screen.findByText("You have 8 codes left.", { exact: false });
    await user.click(screen.getByRole("button", { name: "Change password" }));
    expect(screen.getByLabelText("New password")).toHaveAccessibleDescription(/At least 12 characters/);
  });
});

describe("a code app", () => {
  it("is added by picture or text, and the codes are shown once", async () => {
    const { now, sent, on } = account();
    on("post", "/factors/totp", () => HttpResponse.json({ id: "f-1", secret: "JBSWY3DPEHPK3PXP", uri: "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP" }, { status: 201 }));
    on("post", "/factors/totp/f-1/confirm", () => {
      now.factors = { factors: [app], recoveryCodesLeft: 10, demanded: false };
      return HttpResponse.json({ recoveryCodes: CODES });
    });
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: "Add a code app" }));
    await user.click(screen.getByRole("button", { name: "I have an app" }));
    expect(await screen.findByRole("img", { name: /Picture for your code app/ })).toBeVisible();
    expect(screen.getByText("JBSW Y3DP EHPK 3PXP")).toBeVisible();
    await user.type(screen.getByLabelText("Code that the app shows now"), "123 456");
    await user.click(screen.getByRole("button", { name: "Turn on" }));
    expect(await screen.findByRole("heading", { name: "Keep these codes" })).toHaveFocus();
    expect(within(screen.getByRole("list", { name: "Recovery codes" })).getAllByRole("listitem")).toHaveLength(10);
    await user.click(screen.getByRole("button", { name: "I have kept them" }));
    expect(await screen.findByText("Code app", { selector: "b" })).toBeVisible();
    expect(document.body).not.toHaveTextContent("code-0");
    expect(sent).toEqual([["POST /factors/totp", { name: "Code app" }], ["POST /factors/totp/f-1/confirm", { code: "123456" }]]);
  });

  it("is removed after a question", async () => {
    const { now, sent, on } = account({ factors: [app], recoveryCodesLeft: 3, demanded: false });
    on("delete", "/factors/f-1", () => {
      now.factors = none;
      return noContent();
    });
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: "Remove Code app" }));
    const asking = await dialog();
    expect(asking.getByText(/your password alone opens your messages/)).toBeVisible();
    expect(sent).toEqual([]);
    await user.click(asking.getByRole("button", { name: "Remove" }));
    expect(await screen.findByText(/^Off\./)).toBeVisible();
    expect(screen.queryByRole("alertdialog")).toBeNull();
  });

  it("stays where the practice demands one", async () => {
    account({ factors: [app], recoveryCodesLeft: 3, demanded: true });
    await open();
    await screen.findByText("Code app", { selector: "b" });
    expect(screen.queryByRole("button", { name: "Remove Code app" })).toBeNull();
  });
});

it("adds a passkey of this device under a name", async () => {
  const { now, sent, on } = account({ factors: [app], recoveryCodesLeft: 3, demanded: false });
  on("post", "/factors/passkey-options", () => HttpResponse.json({ challengeId: "c-1", publicKey: { challenge: "x" } }));
  on("post", "/factors/passkey", () => {
    now.factors = { factors: [app, passkey], recoveryCodesLeft: 3, demanded: false };
    return HttpResponse.json({ id: "f-2", recoveryCodes: null }, { status: 201 });
  });
  passkeys.startRegistration.mockResolvedValueOnce({ id: "credential" });
  const { user } = await open();
  await user.click(await screen.findByRole("button", { name: "Add a passkey" }));
  await user.clear(screen.getByLabelText("Name of this device"));
  await user.type(screen.getByLabelText("Name of this device"), "My phone");
  await user.click(screen.getByRole("button", { name: "Make a passkey" }));
  expect(await screen.findByText("My phone", { selector: "b" })).toBeVisible();
  expect(sent.at(-1)).toEqual(["POST /factors/passkey", { challengeId: "c-1", name: "My phone", credential: { id: "credential" } }]);
});

describe("proving once more who one is", () => {
  /** Making new codes needs it; what else is sent goes on the same list. */
  function asksToProve(methods: string[], prove: () => Response) {
    const seen = account({ factors: [app], recoveryCodesLeft: 3, demanded: false });
    let proved = false;
    server.use(http.get(`${AUTH}/step-up`, () => HttpResponse.json({ methods, until: null })));
    seen.on("post", "/recovery-codes", () => (proved ? HttpResponse.json({ recoveryCodes: CODES }) : problemResponse(401, "step_up_required")));
    seen.on("post", "/step-up", () => {
      const answer = prove();
      proved = answer.ok;
      return answer;
    });
    return seen;
  }

  async function makeCodes(user: Awaited<ReturnType<typeof open>>["user"]) {
    await user.click(await screen.findByRole("button", { name: "Make new codes" }));
    await user.click((await dialog()).getByRole("button", { name: "Make new codes" }));
    return dialog("dialog");
  }

  it("is asked in place, and the act goes on by itself", async () => {
    const { sent } = asksToProve(["password"], noContent);
    const { user } = await open();
    const asking = await makeCodes(user);
    await user.type(await asking.findByLabelText("Password"), "right");
    await user.click(asking.getByRole("button", { name: "Go on" }));
    expect(await screen.findByRole("heading", { name: "Keep these codes" })).toBeVisible();
    expect(sent.map(([act]) => act)).toEqual(["POST /recovery-codes", "POST /step-up", "POST /recovery-codes"]);
    expect(sent[1]).toEqual(["POST /step-up", { method: "password", password: "right" }]);
  });

  it("takes a code of the app, and says when it is wrong", async () => {
    let tries = 0;
    const { sent } = asksToProve(["totp"], () => ((tries += 1) === 1 ? problemResponse(401, "invalid_code") : noContent()));
    const { user } = await open();
    const asking = await makeCodes(user);
    await user.type(await asking.findByLabelText("Code from your app"), "000000{Enter}");
    expect(await asking.findByText(/This code is not right/)).toBeVisible();
    await user.clear(asking.getByLabelText("Code from your app"));
    await user.type(asking.getByLabelText("Code from your app"), "123 456{Enter}");
    expect(await screen.findByRole("heading", { name: "Keep these codes" })).toBeVisible();
    expect(sent.filter(([act]) => act === "POST /step-up").at(-1)?.[1]).toEqual({ method: "totp", code: "123456" });
  });

  it("does nothing and blames nobody when it is called off", async () => {
    const { sent } = asksToProve(["password"], noContent);
    const { user } = await open();
    const asking = await makeCodes(user);
    await user.click(await asking.findByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.queryByRole("alert")).toBeNull();
    expect(sent.map(([act]) => act)).toEqual(["POST /recovery-codes"]);
  });
});

describe("where one is signed in", () => {
  const tablet = { ...session, id: "s-2", isCurrent: false, deviceName: "Old tablet", browser: "Safari on iPad" };

  it("marks this device and ends another", async () => {
    const { now, sent, on } = account(none, [session, tablet]);
    on("delete", "/sessions/s-2", () => {
      now.sessions = [session];
      return noContent();
    });
    const { user } = await open();
    const here = (await screen.findByText("Chrome on Android")).closest("li");
    expect(here).toHaveTextContent("This device");
    expect(within(here as HTMLElement).queryByRole("button")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Sign out Old tablet" }));
    await user.click((await dialog()).getByRole("button", { name: "Sign it out" }));
    await waitFor(() => expect(screen.queryByText("Old tablet")).toBeNull());
    expect(sent.map(([act]) => act)).toEqual(["DELETE /sessions/s-2"]);
  });

  it("ends all others and stays here", async () => {
    const { now, on } = account(none, [session, tablet]);
    on("post", "/sessions/end-others", () => {
      now.sessions = [session];
      return noContent();
    });
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: "Sign out all other devices" }));
    await user.click((await dialog()).getByRole("button", { name: "Sign them out" }));
    await waitFor(() => expect(screen.queryByText("Old tablet")).toBeNull());
    expect(screen.getByRole("heading", { name: "Sign-in and devices" })).toBeVisible();
  });

  it("ends everywhere, here too", async () => {
    const { on } = account(none, [session, tablet]);
    on("post", "/sessions/end-all", noContent);
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: "Sign out everywhere" }));
    await user.click((await dialog()).getByRole("button", { name: "Sign out everywhere" }));
    expect(await screen.findByText("You are signed out.")).toBeVisible();
    expect(document.body).not.toHaveTextContent("Old tablet");
  });

  it("can be asked for again when it did not come", async () => {
    account();
    server.use(http.get(`${AUTH}/sessions`, () => HttpResponse.json({}, { status: 500 }), { once: true }));
    const { user } = await open();
    await user.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Chrome on Android")).toBeVisible();
  });
});
