import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import type { SecondFactorDue } from "@/api/types";
import { startI18n } from "@/i18n";
import { server } from "@/test/server";
import { setSessionForTest, useSession, type Session } from "../app/session";
import { LockScreen, SignInPage } from "../features/session/SignInPage";
import en from "../words/first.en.json";
import { me } from "./fixtures";

/** The door by session; behind it nothing but who came in. */
function Door() {
  const session = useSession();
  if (session.kind === "signed-in") return <p>in as {session.me.user.fullName}</p>;
  if (session.kind === "locked") return <LockScreen person={session.person} />;
  return session.kind === "signed-out" ? <SignInPage reason={session.reason} start={session.start} /> : null;
}

export const signedIn = { accessToken: "fresh", expiresIn: 600, user: me().user, tenant: me().tenant };

export const due = (change: Partial<SecondFactorDue> = {}): SecondFactorDue => ({
  mfaRequired: true, mfaToken: "due-token", expiresIn: 600, methods: ["totp", "recovery_code"], enrolmentRequired: false, ...change,
});

let started = false;

/** The door as a session leaves it; by itself it lets everybody in. */
export async function renderDoor(session: Session = { kind: "signed-out" }) {
  if (!started) await startI18n({ en, es: () => import("../words/es") });
  started = true;
  server.use(
    http.get("/api/practices/:slug", () => HttpResponse.json({ slug: "riverside", name: "Riverside Dermatology" })),
    http.get("/api/auth/me", () => HttpResponse.json(me())),
    http.post("/api/auth/login", () => HttpResponse.json(signedIn)),
  );
  setSessionForTest(session);
  return { ...render(<Door />), user: userEvent.setup() };
}
