import { redirect, type ParsedLocation } from "@tanstack/react-router";
import { useSyncExternalStore } from "react";

let current: { path: string; token: string } | null = null;
const listeners = new Set<() => void>();

function become(next: typeof current): void {
  current = next;
  listeners.forEach((listener) => listener());
}

/**
 * Takes the secret of a mail's link out of the address before anything is shown: neither the address bar nor the
 * browser's history keeps it. Taking it asks the server nothing.
 */
export function takeLinkToken({ location }: { location: ParsedLocation }): void {
  if (!location.hash) return;
  become({ path: location.pathname, token: location.hash });
  throw redirect({ to: location.pathname, hash: "", replace: true });
}

/** The secret of the link that led to this page; null when it is gone or never was. */
export function useLinkToken(path: string): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (current && current.path.endsWith(path) ? current.token : null),
  );
}

/** It has served, or is worth nothing. */
export function dropLinkToken(): void {
  become(null);
}
