import type { Factors, OwnSession, StaffMe } from "../../src/api/types.ts";
import type { OwnAnswer, OwnAnswers } from "./stub.ts";
import { ME } from "./stubData.ts";

/** What the stub's person has and is asked; a scene changes what it needs. */
export interface AccountScene {
  signedIn?: boolean;
  /** Answers of single calls, by "METHOD /path". */
  answers?: Record<string, OwnAnswer>;
}

const LONG = "Practice laptop in the second examination room on the left, beside the window";
export const CODES = Array.from({ length: 10 }, (_, at) => `${"abcdefghjk"[at]}7kd-92mx-${at}qpt`);

export const factors: Factors = {
  factors: [
    { id: "f1", kind: "totp", name: "Authenticator app", createdAt: "2026-01-04T10:00:00.000Z", lastUsedAt: "2026-03-12T14:02:00.000Z" },
    { id: "f2", kind: "passkey", name: LONG, createdAt: "2026-02-11T10:00:00.000Z", lastUsedAt: null },
  ],
  recoveryCodesLeft: 2,
  demanded: true,
};

export function sessions(count: number): OwnSession[] {
  const browsers = ["Firefox 140 on Windows", "Safari on iPhone", "Chrome 142 on macOS", null];
  return Array.from({ length: count }, (_, at) => ({
    id: `s${at}`, isCurrent: at === 0, deviceName: at % 5 === 1 ? LONG : null, browser: browsers[at % 4] ?? null,
    address: at % 6 === 5 ? null : `2001:db8:85a3:8d3:1319:8a2e:370:${(7348 + at).toString(16)}`,
    createdAt: new Date(Date.parse("2026-03-12T13:00:00Z") - at * 7_200_000).toISOString(),
    lastActivityAt: new Date(Date.parse("2026-03-12T15:00:00Z") - at * 3_600_000).toISOString(),
    expiresAt: "2099-01-01T00:00:00.000Z", method: (["totp", "passkey", "password", "recovery_code"] as const)[at % 4] ?? "totp",
  }));
}

export const refused = (code: string, status = 401, headers?: Record<string, string>): OwnAnswer => ({
  status, headers, body: { code, status, title: "", detail: "", requestId: "8f2c", type: "about:blank" },
});

export const due = (change: object = {}): OwnAnswer => ({
  body: { mfaRequired: true, mfaToken: "due", expiresIn: 600, methods: ["totp", "passkey", "recovery_code"], enrolmentRequired: false, ...change },
});

export const me = (change: Partial<StaffMe> = {}): OwnAnswer => ({ body: { ...ME, mayDo: [...ME.mayDo, "break_glass"], ...change } });

export const signedIn = { accessToken: "stub", expiresIn: 600, user: ME.user, tenant: ME.tenant };
const practice = { slug: "riverside", name: "Riverside Dermatology" };
const totp = { id: "f9", secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", uri: "otpauth://totp/Threadwell:nurse%40riverside.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Threadwell" };

const fixed: Record<string, OwnAnswer> = {
  "POST /api/auth/login": { body: signedIn },
  "POST /api/auth/logout": { status: 204 },
  "POST /api/auth/second-factor": refused("invalid_code"),
  "POST /api/auth/enrolment/totp": { body: totp },
  "POST /api/auth/enrolment/totp/confirm": { body: { ...signedIn, recoveryCodes: CODES } },
  "POST /api/auth/factors/totp": { status: 201, body: totp },
  "POST /api/auth/factors/totp/f9/confirm": { body: { recoveryCodes: CODES } },
  "POST /api/auth/recovery-codes": { body: { recoveryCodes: CODES } },
  "GET /api/auth/me": me(),
  "GET /api/practices/riverside": { body: practice },
  "GET /api/auth/factors": { body: factors },
  "GET /api/auth/sessions": { body: { sessions: sessions(200) } },
  "GET /api/auth/preferences": { body: { mailEnabled: true, language: "en" } },
  "GET /api/auth/step-up": { body: { methods: ["totp", "passkey"], until: null } },
  "POST /api/auth/password-reset": { status: 202, body: {} },
  "POST /api/auth/password-reset/check": { body: { practice, minimumLength: 15 } },
  "POST /api/auth/invitation/check": { body: { practice, fullName: "Priya Raman-Whitfield", email: "priya.raman-whitfield@riverside.example", role: "nurse", minimumLength: 12 } },
};

/** The account part of the stub, as the scene of the moment has it. */
export function accountAnswers(scene: () => AccountScene, heard: (call: string, body: string) => void = () => undefined): OwnAnswers {
  return (call, body) => {
    heard(call, body);
    const { signedIn: isIn = true, answers = {} } = scene();
    if (call === "POST /api/auth/refresh" && !isIn) return refused("unauthenticated");
    return answers[call] ?? fixed[call];
  };
}
