import { useCallback, useEffect, useState } from "react";

/** What a mail's link is good for: not known yet, known, or why not. */
export type Link<T> = { kind: "checking" } | { kind: "good"; content: T } | { kind: "bad"; problem: unknown };

/** Looks what a link is for, which uses nothing up; the second answer looks again. */
export function useLink<T>(token: string, check: (token: string, signal: AbortSignal) => Promise<T>): [Link<T>, () => void] {
  const [link, setLink] = useState<Link<T>>({ kind: "checking" });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const aborter = new AbortController();
    check(token, aborter.signal).then(
      (content) => setLink({ kind: "good", content }),
      (problem: unknown) => !aborter.signal.aborted && setLink({ kind: "bad", problem }),
    );
    return () => aborter.abort();
  }, [token, check, turn]);
  const again = useCallback(() => {
    setLink({ kind: "checking" });
    setTurn((before) => before + 1);
  }, []);
  return [link, again];
}
