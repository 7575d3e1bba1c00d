import { useState } from "react";
import { isProblem } from "@/api/problem";
import { useCountdown } from "./useCountdown";

/** One act that may be tried again: whether it runs, why it failed, and for how many seconds it must rest. */
export interface Attempt {
  busy: boolean;
  problem: unknown;
  wait: number;
  run: (act: () => Promise<void>) => Promise<void>;
}

/** Runs one act at a time; `onExpired` takes the place of the problem where what the act stands on ran out. */
export function useAttempt(onExpired?: () => void): Attempt {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [wait, startWait] = useCountdown();
  const run = async (act: () => Promise<void>) => {
    if (busy || wait > 0) return;
    setBusy(true);
    setProblem(null);
    try {
      await act();
    } catch (error) {
      if (onExpired && isProblem(error, "invalid_token")) return onExpired();
      setProblem(error);
      if (isProblem(error, "rate_limited")) startWait(error.retryAfter ?? 30);
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, wait, run };
}
