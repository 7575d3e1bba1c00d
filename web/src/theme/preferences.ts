/* eslint-disable no-restricted-globals -- the one module that may touch storage */
import { useSyncExternalStore } from "react";

/**
 * Display choices of this browser. **Invariant:** nothing but these four short enumerations is ever
 * written to storage: no name, no text, no id, no token.
 */
export interface Preferences {
  theme: "system" | "light" | "dark";
  density: "comfortable" | "compact" | "table";
  language: "en" | "es";
  shortcuts: "on" | "off";
}

const allowed = {
  theme: ["system", "light", "dark"],
  density: ["comfortable", "compact", "table"],
  language: ["en", "es"],
  shortcuts: ["on", "off"],
} as const satisfies { [K in keyof Preferences]: readonly Preferences[K][] };

const keyOf = (name: keyof Preferences) => `threadwell.${name}`;

function stored<K extends keyof Preferences>(name: K, fallback: Preferences[K]): Preferences[K] {
  try {
    const value = localStorage.getItem(keyOf(name));
    const values: readonly string[] = allowed[name];
    return value !== null && values.includes(value) ? (value as Preferences[K]) : fallback;
  } catch {
    return fallback;
  }
}

function browserLanguage(): Preferences["language"] {
  return navigator.language?.toLowerCase().startsWith("es") ? "es" : "en";
}

let current: Preferences = {
  theme: stored("theme", "system"),
  density: stored("density", "comfortable"),
  language: stored("language", browserLanguage()),
  shortcuts: stored("shortcuts", "on"),
};
const listeners = new Set<() => void>();

function apply(): void {
  const root = document.documentElement;
  if (current.theme === "system") delete root.dataset.theme;
  else root.dataset.theme = current.theme;
  root.dataset.density = current.density;
  root.lang = current.language;
}

/** The choices as they stand. */
export function preferences(): Preferences {
  return current;
}

/** Whether this browser's reader chose for themselves, rather than taking what was offered. */
export function hasChosen(name: keyof Preferences): boolean {
  try {
    return localStorage.getItem(keyOf(name)) !== null;
  } catch {
    return false;
  }
}

/** Changes one choice, applies it to the page and keeps it for the next visit. */
export function setPreference<K extends keyof Preferences>(name: K, value: Preferences[K]): void {
  current = { ...current, [name]: value };
  try {
    localStorage.setItem(keyOf(name), value);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  apply();
  listeners.forEach((listener) => listener());
}

/** Takes away what parts that others made have kept of a visit. */
export function forgetVisit(): void {
  try {
    sessionStorage.clear();
  } catch {
    // Where there is no storage nothing was kept.
  }
}

/** Calls back after every change; returns the way to stop. */
export function onPreferenceChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The choices, re-rendering when they change. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(onPreferenceChange, preferences);
}

const darkQuery = () => window.matchMedia("(prefers-color-scheme: dark)");

/** The theme in effect, the system's own where none was chosen. */
export function useResolvedTheme(): "light" | "dark" {
  const { theme } = usePreferences();
  const systemIsDark = useSyncExternalStore(
    (listener) => {
      const query = darkQuery();
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => darkQuery().matches,
  );
  return theme === "system" ? (systemIsDark ? "dark" : "light") : theme;
}

apply();
