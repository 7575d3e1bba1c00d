import { useSyncExternalStore } from "react";
import { ApiClient } from "@/api/client";
import { isProblem } from "@/api/problem";
import type { ActingFor, PortalMe, PortalPatient, PortalSignInAnswer, SecondFactorDue } from "@/api/types";
import { hasChosen, setPreference } from "@/theme/preferences";
import { onTabNews, tellTabs } from "./channel";
import { answerStepUp, askStepUp } from "./stepUp";

export const AUTH = "/api/patient-portal/auth";

/** Why nobody is signed in: the sign-in page says it. */
export type OutReason = "none" | "expired" | "signed-out";

export type SessionState =
  | { kind: "unknown" }
  | { kind: "unreachable" }
  | { kind: "out"; reason: OutReason }
  /** `choosing`: several people to act for, and none was picked since sign-in. */
  | { kind: "in"; me: PortalMe; choosing: boolean };

/**
 * `answers`: all that was read, when the person changes or time runs out. `all`: what was written too,
 * when the reader signs out or somebody else signs in.
 */
export type Forgotten = "answers" | "all";

let state: SessionState = { kind: "unknown" };
let lastAccount: string | null = null;
const listeners = new Set<() => void>();
const clearers = new Set<(what: Forgotten) => void>();
const farewells = new Set<() => void>();

function become(next: SessionState): void {
  state = next;
  listeners.forEach((listener) => listener());
}

/** The one client of the portal's API. */
export const client = new ApiClient({
  authPath: AUTH,
  onSessionEnd: () => {
    if (state.kind === "in") forget({ kind: "out", reason: "expired" }, "answers");
  },
  onStepUp: askStepUp,
});

/** Registers what must go at a change of person or at the end: cached answers, drafts. */
export function onForget(clear: (what: Forgotten) => void): void {
  clearers.add(clear);
}

/** Registers what is still to be said to the server before the session ends or acts for somebody else. */
export function beforeLeaving(say: () => void): void {
  farewells.add(say);
}

/** Whether the session acts for this patient. */
export function actsFor(patientId: string): boolean {
  return state.kind === "in" && state.me.actingFor === patientId;
}

/** Drops what a session left in this page: first the screens, then what they read. */
function forget(next: SessionState, what: Forgotten): void {
  client.setAccessToken(null);
  answerStepUp(false);
  become(next);
  clearers.forEach((clear) => clear(what));
}

/** Opens the pages. Unsent words of a session that ran out wait for their writer, and for nobody else. */
function enter(me: PortalMe, choosing: boolean): void {
  if (lastAccount !== me.account.id) clearers.forEach((clear) => clear("all"));
  lastAccount = me.account.id;
  become({ kind: "in", me, choosing });
}

function fetchMe(): Promise<PortalMe> {
  return client.get<PortalMe>(`${AUTH}/me`, { userAction: true });
}

/** Takes up the session that the refresh cookie stands for, if there is one. */
export async function resume(): Promise<void> {
  try {
    await client.refresh();
    const me = await fetchMe();
    enter(me, me.actingFor === null);
  } catch (error) {
    client.setAccessToken(null);
    const refused = isProblem(error) && [400, 401, 403].includes(error.status);
    become(refused ? { kind: "out", reason: "none" } : { kind: "unreachable" });
  }
}

/** Signs in at a practice; resolves to what is still due where the account has a second factor. */
export async function signIn(practice: string, email: string, password: string): Promise<SecondFactorDue | null> {
  const body = { email, password };
  const headers = { "x-tenant-id": practice };
  const answer = await client.requestPublic<PortalSignInAnswer>("POST", `${AUTH}/login`, { body, headers });
  if ("mfaRequired" in answer) return answer;
  await enterWith(answer.accessToken);
  return null;
}

/** Opens the pages of a session that just began; several people to act for are offered first. */
export async function enterWith(accessToken: string): Promise<void> {
  client.setAccessToken(accessToken);
  const me = await fetchMe();
  // Accounts start in English, so only another language says something about its reader.
  if (me.account.language === "es" && !hasChosen("language")) setPreference("language", "es");
  enter(me, me.patients.length > 1 || me.actingFor === null);
  tellTabs({ kind: "session-changed" });
}

/** Signs out: the page forgets first, then the server hears of it. */
export async function signOut(reason: "signed-out" | "expired" = "signed-out"): Promise<void> {
  farewells.forEach((say) => say());
  forget({ kind: "out", reason }, reason === "expired" ? "answers" : "all");
  tellTabs({ kind: "signed-out" });
  // Without an answer the session idles out on its own; the page holds nothing either way.
  await client.requestPublic("POST", `${AUTH}/logout`).catch(() => undefined);
}

/** The server has ended this session, by the reader's wish: the page forgets it too. */
export function sessionEnded(): void {
  forget({ kind: "out", reason: "signed-out" }, "all");
  tellTabs({ kind: "signed-out" });
}

/** Goes on as somebody else's proxy. **Invariant:** no answer about one patient is shown for another. */
export async function actFor(patientId: string): Promise<void> {
  farewells.forEach((say) => say());
  const answer = await client.post<ActingFor>(`${AUTH}/acting-for`, { body: { patientId }, userAction: true });
  client.setAccessToken(answer.accessToken);
  if (state.kind !== "in") return;
  const me = { ...state.me, actingFor: answer.actingFor };
  become({ kind: "in", me, choosing: false });
  clearers.forEach((clear) => clear("answers"));
  tellTabs({ kind: "session-changed" });
}

/** The server no longer knows whom the account acts for: nothing is chosen until the reader chooses. */
export function loseWhom(): void {
  if (state.kind === "in") become({ kind: "in", me: { ...state.me, actingFor: null }, choosing: true });
}

/** Asks whom to act for, by the reader's wish. */
export function askWhom(): void {
  if (state.kind === "in") become({ ...state, choosing: true });
}

/** Goes back to the person of before without a change. */
export function keepWhom(): void {
  if (state.kind === "in" && state.me.actingFor !== null) become({ ...state, choosing: false });
}

/** Asks again who is signed in, after the reader changed it: a name, an e-mail, whom they help. */
export async function refreshMe(): Promise<void> {
  const me = await fetchMe();
  if (state.kind !== "in") return;
  const stays = me.actingFor === state.me.actingFor;
  become({ kind: "in", me, choosing: me.actingFor === null });
  if (!stays) clearers.forEach((clear) => clear("answers"));
}

/** Tells the server that the reader is here; learns how long the session may rest, which the practice may have made shorter. */
export async function stayActive(): Promise<void> {
  const now = await fetchMe();
  if (state.kind !== "in" || state.me.session.idleMinutes === now.session.idleMinutes) return;
  become({ ...state, me: { ...state.me, session: now.session } });
}

/** Whether somebody is signed in. */
export function isIn(): boolean {
  return state.kind === "in";
}

/** Who is signed in, re-rendering when it changes. */
export function useSession(): SessionState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** The signed-in account. Only for screens that stand behind the sign-in. */
export function useMe(): PortalMe {
  const session = useSession();
  if (session.kind !== "in") throw new Error("no session");
  return session.me;
}

/** The patient whose messages are shown. Only for screens that stand behind the choice. */
export function usePatient(): PortalPatient {
  const me = useMe();
  const patient = me.patients.find(({ id }) => id === me.actingFor);
  if (!patient) throw new Error("no patient chosen");
  return patient;
}

/** Whether the reader may write for the patient, or only read. */
export function useMayWrite(): boolean {
  return usePatient().scope === "write";
}

/** Other tabs share the cookie: what one changes, all must follow. */
export function followTabs(): () => void {
  return onTabNews((news) => {
    if (news.kind === "signed-out" && state.kind === "in") forget({ kind: "out", reason: "signed-out" }, "all");
    if (news.kind !== "session-changed") return;
    forget({ kind: "unknown" }, "answers");
    void resume();
  });
}

/** Puts the session back to its first state; for tests. */
export function resetSession(): void {
  forget({ kind: "unknown" }, "all");
  lastAccount = null;
}
