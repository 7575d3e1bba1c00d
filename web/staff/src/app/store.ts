import { useSyncExternalStore } from "react";

/** A value that the page shows in several places, in memory alone. */
export interface Store<T> {
  get: () => T;
  set: (next: T) => void;
  /** Calls back after each change, until the answer is called. */
  subscribe: (listener: () => void) => () => void;
  /** The value, re-rendering when it changes. */
  use: () => T;
}

/** Keeps one value; `initial` is also what a reader sees before anything was set. */
export function createStore<T>(initial: T): Store<T> {
  let current = initial;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const get = () => current;
  return {
    get,
    set: (next) => {
      current = next;
      listeners.forEach((listener) => listener());
    },
    subscribe,
    use: () => useSyncExternalStore(subscribe, get),
  };
}
