import { useState } from "react";
import { isProblem } from "@/api/problem";

export interface ActState {
  busy: boolean;
  /** What the last try ended in; null while one is under way and after a success. */
  error: unknown;
  /** Tries; resolves to whether it was done. */
  run: (act: () => Promise<unknown>) => Promise<boolean>;
  clear: () => void;
}

/** One act of the reader: not twice at once, and its failure kept to be said. */
export function useAct(): ActState {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (act: () => Promise<unknown>) => {
    if (busy) return false;
    setBusy(true);
    setError(null);
    try {
      await act();
      return true;
    } catch (problem) {
      // Who closed the question about their password knows why nothing happened.
      if (!isProblem(problem, "step_up_required")) setError(problem);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run, clear: () => setError(null) };
}
