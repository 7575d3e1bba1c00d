import "../../account.css";
import "../../words/account";
import { ShieldAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { timeOfDay } from "@/i18n/dates";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { problemText } from "../../app/problemText";
import { reloadMe } from "../../app/session";
import { useAttempt } from "../../app/useAttempt";
import { endEmergencyAccess } from "../../data/emergency";

const AGAIN_MS = 10_000;
/** The server gives an hour; a timer of weeks would go off at once. */
const LONGEST_MS = 3_600_000;

/** Stands over every page as long as more is open to this session than its role allows. */
export default function EmergencyStrip({ until }: { until: string }) {
  const { t, i18n } = useTranslation();
  const attempt = useAttempt();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const left = Math.min(LONGEST_MS, Math.max(0, Date.parse(until) - Date.now()));
    const again = () => setTurn((before) => before + 1);
    // What the hour closed must not stay on the screen. The server's clock decides: until it says so, it is asked again.
    const timer = setTimeout(() => void reloadMe().catch(() => undefined).then(again), left + (turn > 0 ? AGAIN_MS : 0));
    return () => clearTimeout(timer);
  }, [until, turn]);
  return (
    <aside className="emergency" aria-label={t("emergency.title")}>
      <Icon icon={ShieldAlert} />
      <p role="status">
        <b>{t("emergency.until", { time: timeOfDay(until, i18n.language) })}</b>
        {Boolean(attempt.problem) && <> {problemText(t, attempt.problem)}</>}
      </p>
      <Button size="sm" unavailable={attempt.busy || attempt.wait > 0} onPress={() => void attempt.run(endEmergencyAccess)}>{t("emergency.end")}</Button>
    </aside>
  );
}
