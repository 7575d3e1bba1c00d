import { useSyncExternalStore } from "react";

/** The question that stands: every act that waits for it waits for the one answer. */
let asked: { proved: Promise<boolean>; answer: (proved: boolean) => void } | null = null;
const listeners = new Set<() => void>();

function become(next: typeof asked): void {
  asked = next;
  listeners.forEach((listener) => listener());
}

/** Asks the reader to prove once more who they are; resolves to whether they did. */
export function askStepUp(): Promise<boolean> {
  if (!asked) {
    let answer: (proved: boolean) => void = () => undefined;
    const proved = new Promise<boolean>((resolve) => (answer = resolve));
    become({ proved, answer });
    return proved;
  }
  return asked.proved;
}

/** Ends the question: proved, or given up. */
export function answerStepUp(proved: boolean): void {
  asked?.answer(proved);
  if (asked) become(null);
}

/** Whether the question stands. */
export function useStepUpAsked(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => asked !== null,
  );
}
