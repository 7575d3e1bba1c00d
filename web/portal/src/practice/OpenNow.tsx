import { DoorClosed, DoorOpen } from "lucide-react";
import { useEffect, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { format } from "@/i18n/dates";
import { Icon } from "@/ui/Icon";
import { isElsewhere, openStateOf, type OpenState } from "./openHours";
import { OwnWords } from "./OwnWords";
import { usePractice } from "./practices";

const MINUTE_MS = 60_000;

/** The time, again every minute. */
function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** "5:00 PM" of a time on the practice's wall. */
const wallTime = (time: string, language: string) =>
  format(language, { hour: "numeric", minute: "2-digit", hour12: true, timeZone: "UTC" }).format(new Date(`1970-01-01T${time}:00Z`));

/** "Monday"; with the date when that is more than a week away. */
const wallDay = (day: string, inDays: number, language: string) =>
  format(language, { weekday: "long", timeZone: "UTC", ...(inDays > 6 && { month: "long", day: "numeric" }) }).format(new Date(`${day}T12:00:00Z`));

/** "Open now until 5:00 PM" or "Closed. Opens Monday 8:00 AM", by the practice's own clock. Nothing where it set no hours. */
export function OpenNow() {
  const practice = usePractice();
  const now = useNow();
  const state = openStateOf(practice, now);
  if (!state) return null;
  return (
    <p className={state.kind === "open" ? "open-now open-now--open" : "open-now"}>
      <Icon icon={state.kind === "open" ? DoorOpen : DoorClosed} />
      <span>
        <Sentence state={state} /> <Clock now={now} timeZone={practice.timeZone} />
      </span>
    </p>
  );
}

function Sentence({ state }: { state: OpenState }) {
  const { t, i18n } = useTranslation();
  if (state.kind === "open") return <b>{t("hours.open", { time: wallTime(state.until, i18n.language) })}</b>;
  const { holiday, opens } = state;
  return (
    <>
      <b>{holiday ? <Trans i18nKey="hours.holiday" components={{ name: <OwnWords text={holiday} /> }} /> : t("hours.closed")}</b>{" "}
      {opens && t(opens.inDays === 0 ? "hours.opensToday" : "hours.opens", {
        day: wallDay(opens.day, opens.inDays, i18n.language), time: wallTime(opens.at, i18n.language),
      })}
    </>
  );
}

/** Whose clock that is, for somebody who reads another one. */
function Clock({ now, timeZone = "UTC" }: { now: Date; timeZone?: string }) {
  const { t, i18n } = useTranslation();
  if (!isElsewhere(timeZone, now)) return null;
  const zone = format(i18n.language, { timeZone, timeZoneName: "long" }).formatToParts(now).find(({ type }) => type === "timeZoneName")?.value;
  return <span className="muted nowrap">{t("hours.clock", { zone })}</span>;
}
