import { useSyncExternalStore } from "react";

/** A short word about what just happened; never the only place of an error. */
export interface ToastMessage {
  id: number;
  text: string;
  action?: { label: string; run: () => void; hotkey?: string };
}

let current: ToastMessage | null = null;
let nextId = 1;
const listeners = new Set<() => void>();

function change(message: ToastMessage | null): void {
  current = message;
  listeners.forEach((listener) => listener());
}

/** Shows one toast; it takes the place of any other. */
export function showToast(text: string, action?: ToastMessage["action"]): void {
  change({ id: nextId++, text, action });
}

/** Takes the toast away; signing out does so too. */
export function clearToast(): void {
  change(null);
}

/** Does what the toast offers, which takes it away. */
export function takeToast(): void {
  const action = current?.action;
  clearToast();
  action?.run();
}

/** The toast on show. */
export function useToast(): ToastMessage | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
