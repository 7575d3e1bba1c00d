import { hasStarted, startSession, toSignIn, type SignedOutReason, type SignInStart } from "./session";
import { createStore } from "./store";

/** A page that stands without a session. */
export interface PublicPage {
  kind: "invitation" | "reset-password";
  /** From the mail's link. In memory alone: it leaves the address bar before anything is shown. */
  token: string | null;
  /** What was typed on the page before. */
  start?: SignInStart;
}

const KINDS: Record<string, PublicPage["kind"]> = { "/invitation": "invitation", "/reset-password": "reset-password" };

/** The page of the address, whose fragment is taken off it: fragments stay in the browser's history otherwise. */
function read(): PublicPage | null {
  const { pathname, hash } = window.location;
  const kind = KINDS[pathname.replace(/\/$/, "")];
  if (!kind) return null;
  const token = hash.slice(1) || null;
  if (token) window.history.replaceState(null, "", pathname);
  return { kind, token };
}

const page = createStore<PublicPage | null>(read());

function follow(): void {
  const next = read();
  if (next?.kind !== page.get()?.kind || next?.token) page.set(next);
}

window.addEventListener("popstate", follow);
window.addEventListener("hashchange", follow);

export const publicPage = page.get;
export const usePublicPage = page.use;

/** Opens the page on which a lost password is said to be lost. */
export function openResetPage(start: SignInStart): void {
  window.history.pushState(null, "", "/reset-password");
  page.set({ kind: "reset-password", token: null, start });
}

/** Goes on to the sign-in, or to the session that may still stand where nobody has looked yet. */
export function leavePublicPage(reason?: SignedOutReason, start?: SignInStart): void {
  const looked = reason !== undefined || hasStarted();
  toSignIn(reason, start);
  page.set(null);
  if (!looked) void startSession();
}
