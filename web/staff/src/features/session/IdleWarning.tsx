import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { idleFor, touch } from "../../app/activity";
import { keepAlive, signOut, useMe } from "../../app/session";

const WARN_BEFORE_MS = 2 * 60_000;
const KEEP_ALIVE_MS = 2 * 60_000;

/** Seconds until idling ends the session, once the warning is due; null before. */
function useIdleCountdown(): [number | null, () => void] {
  const { session } = useMe();
  const limit = session.idleMinutes * 60_000;
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    let told = Date.now();
    const timer = setInterval(() => {
      const idle = idleFor();
      if (idle >= limit) return void signOut("idle");
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

/** Two minutes before idling signs out, asks; then signs out and leaves nothing behind. */
export function IdleWarning() {
  const { t } = useTranslation();
  const [left, stay] = useIdleCountdown();
  const clock = left === null ? "" : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return (
    <Dialog
      isOpen={left !== null}
      onClose={stay}
      role="alertdialog"
      title={t("idle.title")}
      footer={
        <>
          <Button variant="ghost" className="start" onPress={() => void signOut()}>{t("account.signOut")}</Button>
          <Button variant="primary" autoFocus onPress={stay}>{t("idle.stay")}</Button>
        </>
      }
    >
      <p className="muted">{t("idle.text", { clock })}</p>
    </Dialog>
  );
}
