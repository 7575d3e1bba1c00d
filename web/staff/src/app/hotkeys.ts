import { createContext, useCallback, useContext, useEffect, useRef } from "react";
import { preferences } from "@/theme/preferences";

type Handler = () => void;

/** A binding's words for the command bar; a binding without them stays out of it. */
export interface Command {
  label: string;
  group: "selection" | "thread" | "go";
}

/** Who answers a key that several could, the last before all others: what is mounted when has no say in it. */
const LAYERS = ["page", "list", "conversation", "selection"] as const;
export type Layer = (typeof LAYERS)[number];

/** The layer of the keys that are bound below it. */
export const KeyLayer = createContext<Layer>("page");

interface Binding {
  call: Handler;
  layer: Layer;
  command?: Command;
}

const handlers = new Map<string, Binding[]>();
/** Acts that have words and no key. */
const keyless = new Set<{ command: Command; call: Handler }>();
/** While it stands, the keys of the open conversation rest, and pressing one says this. */
let resting: Handler | null = null;
let pending: { prefix: string; until: number } | null = null;
const SEQUENCE_WITHIN_MS = 1_200;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function overlayIsOpen(): boolean {
  return document.querySelector("[role=dialog],[role=alertdialog],[role=menu],.popover [role=listbox]") !== null;
}

/** "Shift+R", "g m", "?": letters in lower case unless shifted. */
function nameOf(event: KeyboardEvent): string {
  if (event.ctrlKey || event.metaKey) return `Ctrl+${event.key.toLowerCase()}`;
  const isLetter = /^[a-z]$/i.test(event.key);
  if (isLetter && event.shiftKey) return `Shift+${event.key.toUpperCase()}`;
  return isLetter ? event.key.toLowerCase() : event.key;
}

/** The binding of the highest layer; within it, of the innermost part of the page. */
function winner(bindings: Binding[]): Binding | undefined {
  const rank = ({ layer }: Binding) => LAYERS.indexOf(layer);
  return bindings.reduce<Binding | undefined>((best, next) => (best && rank(best) > rank(next) ? best : next), undefined);
}

const rests = ({ layer }: Binding) => resting !== null && layer === "conversation";

function take(name: string): Handler | undefined {
  const binding = winner(handlers.get(name) ?? []);
  return binding && (rests(binding) ? (resting ?? undefined) : binding.call);
}

/** Everything that could be done right now and that has words for it, with its key where it has one. */
export function availableCommands(): (Command & { key: string; run: Handler })[] {
  const bound = [...handlers].flatMap(([key, bindings]) => {
    const binding = winner(bindings);
    return binding?.command && !rests(binding) ? [{ ...binding.command, key, run: binding.call }] : [];
  });
  const others = resting ? [] : [...keyless].map(({ command, call }) => ({ ...command, key: "", run: call }));
  return [...bound, ...others];
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.altKey || event.isComposing || event.defaultPrevented) return;
  const name = nameOf(event);
  const single = !name.startsWith("Ctrl+");
  if (single && (isTyping(event.target) || preferences().shortcuts === "off")) return;
  if (overlayIsOpen()) return;
  const sequence = pending && pending.until > Date.now() ? `${pending.prefix} ${name}` : null;
  const startsSequence = [...handlers.keys()].some((key) => key.startsWith(`${name} `));
  pending = !sequence && startsSequence ? { prefix: name, until: Date.now() + SEQUENCE_WITHIN_MS } : null;
  const handler = (sequence && take(sequence)) || take(name);
  if (!handler) return;
  event.preventDefault();
  event.stopPropagation();
  handler();
}

window.addEventListener("keydown", onKeyDown, { capture: true });

/** Binds a key until the answer is called. */
export function bindHotkey(key: string, call: Handler, layer: Layer, command?: Command): () => void {
  const binding: Binding = { call, layer, command };
  handlers.set(key, [...(handlers.get(key) ?? []), binding]);
  return () => {
    const left = (handlers.get(key) ?? []).filter((other) => other !== binding);
    if (left.length > 0) handlers.set(key, left);
    else handlers.delete(key);
  };
}

/** A handler that stays the same while what it does follows the newest render. */
function useLatest(handler: Handler): Handler {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  return useCallback(() => latest.current(), []);
}

/**
 * Binds a key while the component stands. Single keys do nothing inside text fields or under a dialog
 * and can be switched off as a whole (WCAG 2.1.4).
 */
export function useHotkey(key: string, handler: Handler, enabled = true, command?: Command): void {
  const layer = useContext(KeyLayer);
  const call = useLatest(handler);
  const label = command?.label;
  const group = command?.group;
  useEffect(() => {
    if (enabled) return bindHotkey(key, call, layer, label && group ? { label, group } : undefined);
  }, [key, call, layer, enabled, label, group]);
}

/** Offers an act of the open conversation that has no key in the command bar. */
export function useThreadCommand(label: string, handler: Handler, enabled: boolean): void {
  const call = useLatest(handler);
  useEffect(() => {
    if (!enabled) return;
    const offered = { command: { label, group: "thread" as const }, call };
    keyless.add(offered);
    return () => void keyless.delete(offered);
  }, [label, call, enabled]);
}

/**
 * Lets the keys of the open conversation rest while something else is what keys act on: none of them may act on
 * what nobody meant. `say` tells whoever presses one.
 */
export function useRestingConversation(say: Handler, enabled: boolean): void {
  const call = useLatest(say);
  useEffect(() => {
    if (!enabled) return;
    resting = call;
    return () => {
      resting = null;
    };
  }, [call, enabled]);
}
