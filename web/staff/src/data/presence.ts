import { useSyncExternalStore } from "react";
import type { ThreadViewer, ThreadViewers, ViewerState } from "@/api/types";
import { api, onSignOut } from "../app/session";

const NOBODY: readonly ThreadViewer[] = [];
/** Who else has each conversation open, as the server last said. */
const viewers = new Map<string, readonly ThreadViewer[]>();
const listeners = new Set<() => void>();

function tell(): void {
  listeners.forEach((listener) => listener());
}

onSignOut(() => {
  viewers.clear();
  tell();
});

/** Keeps what the server said of one conversation. */
export function setViewers(threadId: string, list: readonly ThreadViewer[]): void {
  if (list.length > 0) viewers.set(threadId, list);
  else viewers.delete(threadId);
  tell();
}

/** Drops those who have not been heard of in time; says when the next one will be due. */
export function lapse(threadId: string, now = Date.now()): number | undefined {
  const list = viewers.get(threadId) ?? NOBODY;
  const still = list.filter(({ until }) => Date.parse(until) > now);
  if (still.length < list.length) setViewers(threadId, still);
  const due = still.map(({ until }) => Date.parse(until));
  return due.length > 0 ? Math.min(...due) : undefined;
}

/** Who else has this conversation open, re-rendering when that changes. */
export function useViewers(threadId: string): readonly ThreadViewer[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => viewers.get(threadId) ?? NOBODY,
  );
}

/** Says what one is at in a conversation; the answer says who else is. */
export async function announce(threadId: string, state: ViewerState): Promise<void> {
  const answer = await api.put<ThreadViewers>(`/api/patient-messages/threads/${threadId}/presence`, { body: { state } });
  setViewers(threadId, answer.viewers);
}

/** Says that one has left, even as the page goes away. */
export function takeLeave(threadId: string): void {
  setViewers(threadId, []);
  if (!api.signedIn) return;
  const body = { state: "gone" };
  // Nobody waits for it: an entry that is not renewed lapses.
  api.put(`/api/patient-messages/threads/${threadId}/presence`, { body, keepalive: true }).catch(() => undefined);
}
