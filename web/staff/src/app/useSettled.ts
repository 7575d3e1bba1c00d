import { useEffect, useState } from "react";

const SETTLE_MS = 200;

/** What somebody typed, once they have paused: the server is asked for words, not for every letter. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
