import { useEffect, useState } from "react";
import { onDemand } from "@/ui/onDemand";
import { idleFor, touch } from "../../app/activity";
import { keepAlive, lock, signOut, useMe } from "../../app/session";

const WARN_BEFORE_MS = 2 * 60_000;
const KEEP_ALIVE_MS = 2 * 60_000;
const FETCH_AFTER_MS = 30_000;

const IdleDialog = onDemand(async () => (await import("./IdleDialog")).IdleDialog);

/** Seconds until idling locks the page, once the warning is due; null before. */
function useIdleCountdown(): [number | null, () => void] {
  const { session } = useMe();
  const limit = session.idleMinutes * 60_000;
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    let told = Date.now();
    const timer = setInterval(() => {
      const idle = idleFor();
      if (idle >= limit) return void lock();
      setLeft(idle >= limit - WARN_BEFORE_MS ? Math.ceil((limit - idle) / 1000) : null);
      if (Date.now() - told >= KEEP_ALIVE_MS && idle < KEEP_ALIVE_MS) {
        told = Date.now();
        keepAlive().catch(() => undefined);
      }
    }, 1000);
    return () => clearInterval(timer);
  }, [limit]);
  const stay = () => {
    touch();
    setLeft(null);
    keepAlive().catch(() => undefined);
  };
  return [left, stay];
}

/** Two minutes before idling locks the page, asks; then covers it, and nothing of a patient is left on it. */
export function IdleWarning() {
  const [left, stay] = useIdleCountdown();
  useEffect(() => {
    // The question must not depend on the network when its time comes.
    const ahead = setTimeout(IdleDialog.preload, FETCH_AFTER_MS);
    return () => clearTimeout(ahead);
  }, []);
  return <IdleDialog isOpen={left !== null} secondsLeft={left ?? 0} onStay={stay} onSignOut={() => void signOut()} />;
}
