import { useEffect, useRef } from "react";
import { preferences } from "@/theme/preferences";

type Handler = () => void;

/** A binding's words for the command bar; a binding without them stays out of it. */
export interface Command {
  label: string;
  group: "thread" | "go";
}

interface Binding {
  call: Handler;
  command?: Command;
}

const handlers = new Map<string, Binding[]>();
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

function take(name: string): Handler | undefined {
  return handlers.get(name)?.at(-1)?.call;
}

/** Everything that a key would do right now and that has words for it. */
export function availableCommands(): (Command & { key: string; run: Handler })[] {
  return [...handlers].flatMap(([key, bindings]) => {
    const binding = bindings.at(-1);
    return binding?.command ? [{ ...binding.command, key, run: binding.call }] : [];
  });
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

/** Binds a key until the answer is called. The innermost binding wins. */
export function bindHotkey(key: string, call: Handler, command?: Command): () => void {
  const binding: Binding = { call, command };
  handlers.set(key, [...(handlers.get(key) ?? []), binding]);
  return () => {
    const left = (handlers.get(key) ?? []).filter((other) => other !== binding);
    if (left.length > 0) handlers.set(key, left);
    else handlers.delete(key);
  };
}

/**
 * Binds a key while the component stands. Single keys do nothing inside text fields or under a dialog
 * and can be switched off as a whole (WCAG 2.1.4).
 */
export function useHotkey(key: string, handler: Handler, enabled = true, command?: Command): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const label = command?.label;
  const group = command?.group;
  useEffect(() => {
    if (enabled) return bindHotkey(key, () => latest.current(), label && group ? { label, group } : undefined);
  }, [key, enabled, label, group]);
}
