import { useSyncExternalStore } from "react";
import { ApiClient } from "@/api/client";
import { isProblem } from "@/api/problem";
import { createQueryClient } from "@/api/query";
import type { Operation, SecondFactorDue, StaffLogin, StaffMe, StaffSignIn, StaffSignInAnswer } from "@/api/types";
import { clearToast } from "@/ui/toasts";
import { idleFor, touch } from "./activity";
import { askStepUp, dropStepUp } from "./stepUp";

/** Why the sign-in page stands here, where it was not the person's own choice. */
export type SignedOutReason = "ended" | "elsewhere" | "second-factor" | "code-expired" | "welcome" | "new-password";

/** What the sign-in page knows of the person before they type. */
export interface SignInStart {
  practice: string;
  email: string;
}

/**
 * `ran-out`: the person may come back to go on, and what they wrote themselves may wait in memory.
 * `for-good`: they left, or somebody else came.
 */
export type Leaving = "ran-out" | "for-good";

/** Whose page a lock screen covers. */
export type LockedPerson = Pick<StaffMe, "user" | "tenant">;

export type Session =
  | { kind: "starting" }
  | { kind: "unreachable" }
  | { kind: "signed-out"; reason?: SignedOutReason; start?: SignInStart }
  | { kind: "locked"; person: LockedPerson }
  | { kind: "signed-in"; me: StaffMe };

/** What tabs tell each other. */
type Told = "left" | "locked" | "entered";

let session: Session = { kind: "starting" };
const listeners = new Set<() => void>();
const cleaners = new Set<(leaving: Leaving) => void>();
const farewells = new Set<() => void>();
/** Whose unsent words may still be in memory. */
let lastUserId: string | null = null;
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("threadwell.staff.session");
const tell = (what: Told) => channel?.postMessage(what);

export const queryClient = createQueryClient();

export const api = new ApiClient({ authPath: "/api/auth", onSessionEnd: runOut, onStepUp: askStepUp });

function become(next: Session): void {
  session = next;
  listeners.forEach((listener) => listener());
}

/** Registers what must be emptied when a session ends: drafts, searches, whatever holds words. */
export function onSignOut(clean: (leaving: Leaving) => void): void {
  cleaners.add(clean);
}

/** Registers what is still to be said to the server before a session is ended on purpose. */
export function beforeSignOut(say: () => void): void {
  farewells.add(say);
}

/**
 * Forgets everything that was read. **Invariant:** no patient's word outlives this call; the person's own unsent
 * ones do where the session ran out, in memory and for that person alone.
 */
function forget(leaving: Leaving): void {
  api.setAccessToken(null);
  queryClient.clear();
  cleaners.forEach((clean) => clean(leaving));
  clearToast();
  dropStepUp();
}

/** Shows the sign-in page. */
function leave(reason?: SignedOutReason, start?: SignInStart): void {
  forget(reason === "ended" || reason === "second-factor" ? "ran-out" : "for-good");
  become({ kind: "signed-out", reason, start });
}

/** Covers the page: nothing of a patient is left on it, and its owner's name says whose it is. */
function cover({ user, tenant }: LockedPerson): void {
  forget("ran-out");
  become({ kind: "locked", person: { user, tenant } });
}

/** The server lets the session go no further. */
function runOut(code: string): void {
  if (session.kind !== "signed-in") return;
  const { me } = session;
  if (code === "mfa_required") leave("second-factor", { practice: me.tenant.slug, email: me.user.email });
  // A machine that slept learns from the server first that nobody was there.
  else if (idleFor() >= me.session.idleMinutes * 60_000) cover(me);
  else leave("ended");
}

/** Lets somebody in; what another person left in memory goes first. */
function enter(me: StaffMe): void {
  if (lastUserId !== null && lastUserId !== me.user.id) cleaners.forEach((clean) => clean("for-good"));
  lastUserId = me.user.id;
  touch();
  become({ kind: "signed-in", me });
}

channel?.addEventListener("message", ({ data }: MessageEvent<Told>) => {
  if (data === "left" && (session.kind === "signed-in" || session.kind === "locked")) leave("elsewhere");
  if (data === "locked" && session.kind === "signed-in") cover(session.me);
  if (data === "entered" && session.kind === "locked") void startSession();
});

// A page out of the browser's own cache shows what it last knew: the server says whether that still holds.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted && session.kind === "signed-in") void startSession();
});

/** Picks the session up where the refresh cookie still holds one. */
export async function startSession(): Promise<void> {
  become({ kind: "starting" });
  try {
    await api.refresh();
    enter(await api.get<StaffMe>("/api/auth/me"));
  } catch (error) {
    if (isProblem(error) && (error.status === 0 || error.status >= 500)) become({ kind: "unreachable" });
    else leave(isProblem(error, "mfa_required") ? "second-factor" : undefined);
  }
}

/** Lets in whom the server has let in. */
export async function admit({ accessToken }: Pick<StaffSignIn, "accessToken">): Promise<void> {
  api.setAccessToken(accessToken);
  enter(await api.get<StaffMe>("/api/auth/me", { userAction: true }));
  tell("entered");
}

/** Signs in at a practice; answers what is still to come, if anything. Throws the problem as it is; the form words it. */
export async function signIn(practice: string, credentials: StaffLogin): Promise<SecondFactorDue | null> {
  const headers = practice ? { "x-tenant-id": practice } : undefined;
  const answer = await api.requestPublic<StaffSignInAnswer>("POST", "/api/auth/login", {
    body: credentials, headers, userAction: true,
  });
  if ("mfaRequired" in answer) return answer;
  await admit(answer);
  return null;
}

/** Whether anything is known yet of a session. */
export const hasStarted = () => session.kind !== "starting";

/** Shows the sign-in page on an address that says nothing of what was there. */
export function toSignIn(reason?: SignedOutReason, start?: SignInStart): void {
  window.history.replaceState(null, "", "/");
  become({ kind: "signed-out", reason, start });
}

/** The session is over, here and in the other tabs; the server knows already. */
export function endHere(): void {
  leave();
  toSignIn();
  tell("left");
}

/** Ends the session here, in the other tabs and on the server. */
export async function signOut(): Promise<void> {
  farewells.forEach((say) => say());
  const told = api.post("/api/auth/logout", { userAction: true }).catch(() => undefined);
  endHere();
  await told;
}

/** Ends the session because nobody was there, and waits for its owner, whose address and unsent words stay. */
export async function lock(): Promise<void> {
  if (session.kind !== "signed-in") return;
  farewells.forEach((say) => say());
  const told = api.post("/api/auth/logout").catch(() => undefined);
  cover(session.me);
  tell("locked");
  await told;
}

/**
 * Tells the server that somebody is at work, though nothing is being fetched; learns how long the session may rest,
 * which the practice may have made shorter.
 */
export async function keepAlive(): Promise<void> {
  const now = await api.get<StaffMe>("/api/auth/me", { userAction: true });
  if (session.kind !== "signed-in" || session.me.session.idleMinutes === now.session.idleMinutes) return;
  become({ kind: "signed-in", me: { ...session.me, session: now.session } });
}

/** Asks anew what one may do and see, and reads everything again by it. */
export async function reloadMe(): Promise<void> {
  const me = await api.get<StaffMe>("/api/auth/me");
  if (session.kind !== "signed-in") return;
  become({ kind: "signed-in", me });
  await queryClient.resetQueries();
}

/** Asks anew what one may do and see; only where that is something else now is everything read again by it. */
export async function followMe(): Promise<void> {
  const me = await api.get<StaffMe>("/api/auth/me");
  if (session.kind !== "signed-in") return;
  if (JSON.stringify(me) === JSON.stringify(session.me)) return;
  const changed = rightsOf(me) !== rightsOf(session.me);
  become({ kind: "signed-in", me });
  if (changed) await queryClient.resetQueries();
}

const rightsOf = ({ mayDo, categories }: StaffMe) => JSON.stringify([mayDo, categories]);

/** The session, re-rendering when it changes. */
export function useSession(): Session {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => session,
  );
}

/** Who is signed in. Only below the signed-in frame. */
export function useMe(): StaffMe {
  const current = useSession();
  if (current.kind !== "signed-in") throw new Error("not signed in");
  return current.me;
}

/** Whether one's role may do this; what it may not do is absent from the page. */
export function useMay(): (operation: Operation) => boolean {
  const mayDo: Operation[] = useMe().mayDo;
  return (operation) => mayDo.includes(operation);
}

/** Puts a session in place; for tests. */
export function setSessionForTest(next: Session): void {
  become(next);
}
