import * as webauthn from "@simplewebauthn/browser";
import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Factors, OwnSession, Preferences } from "@/api/types";
import { server } from "@/test/server";
import { mockGet, mockPut, noContent, problemResponse } from "@/test/typed";
import { renderApp } from "../../test/renderApp";

vi.mock("@simplewebauthn/browser", { spy: true });

const both: Factors = {
  factors: [
    { id: "f1", kind: "totp", name: "Phone", createdAt: "2026-01-04T10:00:00.000Z", lastUsedAt: null },
    { id: "f2", kind: "passkey", name: "Desk 4", createdAt: "2026-02-11T10:00:00.000Z", lastUsedAt: null },
  ],
  recoveryCodesLeft: 9,
  demanded: true,
};
const session = (id: string, change: Partial<OwnSession> = {}): OwnSession => ({
  id, isCurrent: false, deviceName: null, browser: "Firefox", address: "203.0.113.9", createdAt: "2026-03-01T10:00:00.000Z",
  lastActivityAt: "2026-03-12T10:00:00.000Z", expiresAt: "2026-03-13T10:00:00.000Z", method: "totp", ...change,
});
let calls: { call: string; body: unknown }[] = [];

beforeEach(() => {
  calls = [];
  vi.mocked(webauthn.browserSupportsWebAuthn).mockReturnValue(true);
});

/** Answers a call and notes what was sent. */
function answerTo(method: "post" | "put" | "delete", path: string, given: () => Response) {
  server.use(
    http[method](`/api/auth/${path}`, async ({ request }) => {
      const text = await request.text();
      calls.push({ call: `${method} ${new URL(request.url).pathname.slice("/api/auth/".length)}`, body: text ? JSON.parse(text) : undefined });
      return given();
    }),
  );
}

interface Account {
  factors?: Factors;
  sessions?: OwnSession[];
  preferences?: Preferences;
}

async function open({ factors = both, sessions = [session("s1", { isCurrent: true })], preferences = { mailEnabled: true, language: "en" } }: Account = {}) {
  const handlers = [
    mockGet<never>("/api/auth/factors", factors as never),
    mockGet<never>("/api/auth/sessions", { sessions } as never),
    mockGet<never>("/api/auth/preferences", preferences as never),
  ];
  const app = await renderApp({ path: "/security", handlers });
  await screen.findByText("Language of the e-mails");
  return app;
}

const press = (name: string) => screen.getByRole("button", { name });

describe("the second factors", () => {
  it("lead to a longer password before the last one goes", async () => {
    const { user } = await open({ factors: { ...both, factors: both.factors.slice(0, 1), demanded: false } });
    answerTo("delete", "factors/:id", () => problemResponse(409, "password_too_short"));
    await user.click(press("Remove Phone"));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Remove" }));
    expect(await screen.findByText(/too short to stand without a second step. Choose one of 15 characters/)).toBeVisible();
    await waitFor(() => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
    await waitFor(() => expect(screen.getByLabelText("Current password")).toHaveFocus());
  });

  it("are listed, and the last that the practice demands cannot be removed", async () => {
    const { user } = await open({ factors: { ...both, factors: both.factors.slice(0, 1) } });
    const remove = press("Remove Phone");
    expect(remove).toHaveAccessibleDescription("Your practice demands a second step, and this is your only one.");
    await user.click(remove);
    expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Add an authenticator app" })).not.toBeInTheDocument();
  });

  it("are named anew", async () => {
    answerTo("put", "factors/:id", noContent);
    const { user } = await open();
    await user.click(press("Rename Desk 4"));
    const field = await screen.findByLabelText("Name");
    await user.clear(field);
    await user.type(field, "Desk 5{Enter}");
    await waitFor(() => expect(calls).toEqual([{ call: "put factors/f2", body: { name: "Desk 5" } }]));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("begin with an app, whose codes are kept before the dialog goes", async () => {
    answerTo("post", "factors/totp", () => HttpResponse.json({ id: "f9", secret: "JBSWY3DPEHPK3PXP", uri: "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP" }, { status: 201 }));
    answerTo("post", "factors/totp/f9/confirm", () => HttpResponse.json({ recoveryCodes: ["one", "two"] }));
    const { user } = await open({ factors: { factors: [], recoveryCodesLeft: 0, demanded: false } });
    expect(screen.getByText("No second step yet")).toBeInTheDocument();
    await user.click(press("Add an authenticator app"));
    await user.type(await screen.findByLabelText("Six-digit code"), "123456{Enter}");
    const dialog = await screen.findByRole("dialog", { name: "Recovery codes" });
    await user.keyboard("{Escape}");
    await user.click(within(dialog).getByRole("button", { name: "Done" }));
    expect(dialog).toBeInTheDocument();
    await user.click(within(dialog).getByRole("checkbox", { name: "I have kept these codes" }));
    await user.click(within(dialog).getByRole("button", { name: "Done" }));
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(calls).toEqual([{ call: "post factors/totp", body: { name: "Authenticator app" } }, { call: "post factors/totp/f9/confirm", body: { code: "123456" } }]);
  });

  it("grow by a passkey", async () => {
    const credential = { id: "k" } as never;
    vi.mocked(webauthn.startRegistration).mockResolvedValue(credential);
    answerTo("post", "factors/passkey-options", () => HttpResponse.json({ challengeId: "c1", publicKey: { challenge: "x" } }));
    answerTo("post", "factors/passkey", () => HttpResponse.json({ id: "f3", recoveryCodes: null }, { status: 201 }));
    const { user } = await open();
    await user.click(press("Add a passkey"));
    await user.click(await screen.findByRole("button", { name: "Make the passkey" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(calls.at(-1)).toEqual({ call: "post factors/passkey", body: { challengeId: "c1", name: "This device", credential } });
  });
});

describe("an act that wants to know again who is there", () => {
  async function remove() {
    let isUp = false;
    server.use(mockGet<never>("/api/auth/step-up", { methods: ["totp", "passkey"], until: null } as never));
    answerTo("delete", "factors/:id", () => (isUp ? noContent() : problemResponse(401, "step_up_required")));
    answerTo("post", "step-up", () => {
      isUp = calls.at(-1)?.body !== null && (calls.at(-1)?.body as { code: string }).code === "123456";
      return isUp ? noContent() : problemResponse(401, "invalid_code");
    });
    const { user } = await open();
    await user.click(press("Remove Desk 4"));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Remove" }));
    const dialog = await screen.findByRole("dialog", { name: "Confirm that it is you" });
    return { user, dialog };
  }

  it("is repeated once they have shown it", async () => {
    const { user, dialog } = await remove();
    await user.type(await within(dialog).findByLabelText("Six-digit code"), "000000{Enter}");
    await waitFor(() => expect(within(dialog).getByLabelText("Six-digit code")).toHaveAccessibleDescription(/That code is not right/));
    await user.type(within(dialog).getByLabelText("Six-digit code"), "123456{Enter}");
    await waitFor(() => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
    expect(dialog).not.toBeInTheDocument();
    expect(calls.map(({ call }) => call)).toEqual(["delete factors/f2", "post step-up", "post step-up", "delete factors/f2"]);
  });

  it("is left undone where they would not", async () => {
    const { user, dialog } = await remove();
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("You did not confirm that it is you. Nothing was changed.");
    expect(calls.map(({ call }) => call)).toEqual(["delete factors/f2"]);
  });
});

it("makes new recovery codes and shows them this once", async () => {
  answerTo("post", "recovery-codes", () => HttpResponse.json({ recoveryCodes: ["one", "two"] }));
  const { user } = await open();
  expect(screen.getByText("9 codes left")).toBeInTheDocument();
  await user.click(press("Make new codes"));
  await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Make new codes" }));
  expect(await screen.findByRole("dialog", { name: "Recovery codes" })).toHaveTextContent(/one.*two/);
});

describe("the password", () => {
  async function change(current: string, next: string, account: Account = {}) {
    const { user } = await open(account);
    await user.click(screen.getByLabelText("Current password"));
    await user.paste(current);
    await user.click(screen.getByLabelText("New password"));
    await user.paste(next);
    await user.click(press("Change password"));
  }

  it("is changed, and neither stays in a field", async () => {
    answerTo("post", "password", noContent);
    await change("old password here", "five words and a stone");
    expect(await screen.findByText("Your password is changed. Your other sessions have ended.")).toBeInTheDocument();
    expect(calls).toEqual([{ call: "post password", body: { currentPassword: "old password here", newPassword: "five words and a stone" } }]);
    expect(screen.getByLabelText("Current password")).toHaveValue("");
    expect(screen.getByLabelText("New password")).toHaveValue("");
  });

  it("stays when the current one was wrong, and so does the session", async () => {
    answerTo("post", "password", () => problemResponse(401, "invalid_credentials"));
    await change("wrong", "five words and a stone");
    await waitFor(() => expect(screen.getByLabelText("Current password")).toHaveAccessibleDescription("That is not your password."));
    expect(calls).toHaveLength(1);
  });

  it("must be longer where nothing stands beside it", async () => {
    await change("old password here", "twelve chars", { factors: { factors: [], recoveryCodesLeft: 0, demanded: false } });
    expect(screen.getByLabelText("New password")).toHaveAccessibleDescription(/Use at least 15 characters\./);
    expect(calls).toEqual([]);
  });
});

describe("the sessions", () => {
  const many = Array.from({ length: 200 }, (_, at) => session(`s${at}`, { isCurrent: at === 150, browser: `Browser ${at}` }));

  it("begin with this one, and show two hundred when asked", async () => {
    const { user } = await open({ sessions: many });
    const list = screen.getByText("This session").closest("ul") as HTMLElement;
    const rows = () => [...list.children];
    expect(rows()).toHaveLength(8);
    expect(rows()[0]).toHaveTextContent("Browser 150");
    expect(rows()[0]?.querySelector("button")).toBeNull();
    await user.click(press("Show all 200"));
    expect(rows()).toHaveLength(200);
  });

  it("are ended one at a time, or all others", async () => {
    answerTo("delete", "sessions/:id", noContent);
    answerTo("post", "sessions/end-others", noContent);
    const { user } = await open({ sessions: [session("s1", { isCurrent: true }), session("s2", { deviceName: "iPad", address: null })] });
    await user.click(press("End iPad, Address not known"));
    server.use(mockGet<never>("/api/auth/sessions", { sessions: [session("s1", { isCurrent: true }), session("s3")] } as never));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "End" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
    // The button that opened the dialog is gone: the part's heading has the focus, not the top of the page.
    await waitFor(() => expect(screen.getByRole("heading", { name: "Where you are signed in" })).toHaveFocus());
    await user.click(press("End all others"));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "End all others" }));
    await waitFor(() => expect(calls.map(({ call }) => call)).toEqual(["delete sessions/s2", "post sessions/end-others"]));
  });

  it("say when they did not load", async () => {
    const { user } = await renderApp({ path: "/security", handlers: [http.get("/api/auth/*", () => problemResponse(403, "forbidden"))] });
    await waitFor(() => expect(screen.getAllByText("This did not load.")).toHaveLength(4));
    server.use(mockGet<never>("/api/auth/sessions", { sessions: [session("s1", { isCurrent: true })] } as never));
    await user.click(screen.getAllByRole("button", { name: "Try again" })[2] as HTMLElement);
    expect(await screen.findByText("This session")).toBeInTheDocument();
  });
});

it("saves what one is told by mail, and takes back what was refused", async () => {
  const saved: unknown[] = [];
  server.use(
    mockPut("/api/auth/preferences", async (request) => {
      saved.push(await request.json());
      return saved.length === 1 ? noContent() : problemResponse(503, "dependency_unavailable");
    }),
  );
  const { user } = await open();
  await user.click(screen.getByRole("checkbox", { name: /conversation that is mine/ }));
  await waitFor(() => expect(saved).toEqual([{ mailEnabled: false, language: "en" }]));
  await user.click(screen.getByRole("radio", { name: "Español" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Not saved.");
  expect(screen.getByRole("radio", { name: "English" })).toBeChecked();
});
