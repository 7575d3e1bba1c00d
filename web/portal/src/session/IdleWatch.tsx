import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { followActivity, lastActivity, noteActivity, reportActivity, WARN_BEFORE_MS } from "./activity";
import { signOut, stayActive, useMe } from "./session";

const loadDialog = () => import("./IdleDialog");
const IdleDialog = lazy(async () => ({ default: (await loadDialog()).IdleDialog }));
const MOVES = ["pointerdown", "keydown", "touchstart", "wheel"] as const;

/** Warns two minutes before the session idles out, then signs out and leaves nothing on the screen. */
export function IdleWatch() {
  const idleMs = useMe().session.idleMinutes * 60_000;
  const [remainingMs, setRemainingMs] = useState<number | null>(null);
  const [failed, setFailed] = useState(false);
  const warning = remainingMs !== null;

  const look = useCallback(() => {
    const remaining = lastActivity() + idleMs - Date.now();
    if (remaining <= 0) void signOut("expired");
    else setRemainingMs(remaining <= WARN_BEFORE_MS ? remaining : null);
  }, [idleMs]);

  useEffect(() => {
    noteActivity();
    // The question must not depend on the network when its time comes.
    const ahead = setTimeout(() => void loadDialog().catch(() => undefined), 3_000);
    const stopFollowing = followActivity();
    const timer = setInterval(look, 1_000);
    // Timers sleep with the device; the first look after waking must not wait for one.
    document.addEventListener("visibilitychange", look);
    return () => {
      stopFollowing();
      clearTimeout(ahead);
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [look]);

  useEffect(() => {
    // While the question stands only its buttons answer it: a passing hand is not a reader.
    if (warning) return;
    const moved = () => void reportActivity();
    MOVES.forEach((move) => document.addEventListener(move, moved, { passive: true }));
    return () => MOVES.forEach((move) => document.removeEventListener(move, moved));
  }, [warning]);

  const stay = async () => {
    setFailed(false);
    const at = Date.now();
    try {
      await stayActive();
      noteActivity(at);
      setRemainingMs(null);
    } catch {
      setFailed(true);
    }
  };

  if (remainingMs === null) return null;
  return (
    <Suspense>
      <IdleDialog remainingMs={remainingMs} failed={failed} onStay={() => void stay()} onSignOut={() => void signOut()} />
    </Suspense>
  );
}
