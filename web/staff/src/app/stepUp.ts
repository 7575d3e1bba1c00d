import { createStore } from "./store";

/** Somebody waits to hear whether the person has shown again that it is they. */
interface StepUpAsk {
  answer: (shown: boolean) => void;
}

const open = createStore<StepUpAsk | null>(null);
let asked: Promise<boolean> | null = null;

/** Asks the person to show again that it is they; acts that want it at the same time share one question. */
export function askStepUp(): Promise<boolean> {
  asked ??= new Promise<boolean>((answer) => open.set({ answer })).finally(() => {
    asked = null;
    open.set(null);
  });
  return asked;
}

/** Takes the question away unanswered. */
export function dropStepUp(): void {
  open.get()?.answer(false);
}

/** The question on show. */
export const useStepUpAsk = open.use;
