import { useSyncExternalStore } from "react";
import { ApiClient } from "@/api/client";
import { isProblem } from "@/api/problem";
import { createQueryClient } from "@/api/query";
import type { Operation, StaffLogin, StaffMe, StaffSignIn } from "@/api/types";
import { clearToast } from "@/ui/toasts";
import { touch } from "./activity";

/** Why the sign-in page stands here, where it was not the person's own choice. */
export type SignedOutReason = "idle" | "ended" | "elsewhere";

/**
 * `ran-out`: the person may come back to go on, and what they wrote themselves may wait in memory.
 * `for-good`: they left, or somebody else came.
 */
export type Leaving = "ran-out" | "for-good";

export type Session =
  | { kind: "starting" }
  | { kind: "unreachable" }
  | { kind: "signed-out"; reason?: SignedOutReason }
  | { kind: "signed-in"; me: StaffMe };

let session: Session = { kind: "starting" };
const listeners = new Set<() => void>();
const cleaners = new Set<(leaving: Leaving) => void>();
/** Whose unsent words may still be in memory. */
let lastUserId: string | null = null;
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("threadwell.staff.session");

export const queryClient = createQueryClient();

export const api = new ApiClient({
  authPath: "/api/auth",
  onSessionEnd: () => leave(session.kind === "signed-in" ? "ended" : undefined),
});

function become(next: Session): void {
  session = next;
  listeners.forEach((listener) => listener());
}

/** Registers what must be emptied when a session ends: drafts, searches, whatever holds words. */
export function onSignOut(clean: (leaving: Leaving) => void): void {
  cleaners.add(clean);
}

/**
 * Forgets everything that was read and shows the sign-in page. **Invariant:** no patient's word outlives this
 * call; the person's own unsent ones do where the session ran out, in memory and for that person alone.
 */
function leave(reason?: SignedOutReason): void {
  api.setAccessToken(null);
  queryClient.clear();
  const leaving: Leaving = reason === "idle" || reason === "ended" ? "ran-out" : "for-good";
  cleaners.forEach((clean) => clean(leaving));
  clearToast();
  become({ kind: "signed-out", reason });
}

/** Lets somebody in; what another person left in memory goes first. */
function enter(me: StaffMe): void {
  if (lastUserId !== null && lastUserId !== me.user.id) cleaners.forEach((clean) => clean("for-good"));
  lastUserId = me.user.id;
  touch();
  become({ kind: "signed-in", me });
}

channel?.addEventListener("message", () => {
  if (session.kind === "signed-in") leave("elsewhere");
});

/** Picks the session up where the refresh cookie still holds one. */
export async function startSession(): Promise<void> {
  become({ kind: "starting" });
  try {
    await api.refresh();
    const me = await api.get<StaffMe>("/api/auth/me");
    enter(me);
  } catch (error) {
    if (isProblem(error) && (error.status === 0 || error.status >= 500)) become({ kind: "unreachable" });
    else leave();
  }
}

/** Signs in at a practice. Throws the problem as it is; the form words it. */
export async function signIn(practice: string, credentials: StaffLogin): Promise<void> {
  const headers = practice ? { "x-tenant-id": practice } : undefined;
  const answer = await api.requestPublic<StaffSignIn>("POST", "/api/auth/login", {
    body: credentials, headers, userAction: true,
  });
  api.setAccessToken(answer.accessToken);
  const me = await api.get<StaffMe>("/api/auth/me", { userAction: true });
  enter(me);
}

/** Ends the session here, in the other tabs and on the server. */
export async function signOut(reason?: SignedOutReason): Promise<void> {
  const told = api.post("/api/auth/logout", { userAction: !reason }).catch(() => undefined);
  leave(reason);
  window.history.replaceState(null, "", "/");
  channel?.postMessage(null);
  await told;
}

/** Tells the server that somebody is at work, though nothing is being fetched. */
export async function keepAlive(): Promise<void> {
  await api.get<StaffMe>("/api/auth/me", { userAction: true });
}

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
