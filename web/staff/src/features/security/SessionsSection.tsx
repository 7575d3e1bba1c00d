import { useQuery } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OwnSession } from "@/api/types";
import { daysAgo, fullDateTime, shortDate, timeOfDay } from "@/i18n/dates";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { endAllSessions, endOtherSessions, endSession, sessionsOptions } from "../../data/account";
import { ConfirmDialog } from "./ConfirmDialog";
import { Answer, Section } from "./Section";

/** More than these are behind a button: nobody reads two hundred by accident. */
const SHOWN_AT_FIRST = 8;

type Asking = "others" | "all" | OwnSession;

function When({ at, word }: { at: string; word: "active" | "since" }) {
  const { t, i18n } = useTranslation();
  const when = daysAgo(at) === 0 ? timeOfDay(at, i18n.language) : shortDate(at, i18n.language);
  return <span title={fullDateTime(at, i18n.language)}>{t(`sessions.${word}`, { when })}</span>;
}

function SessionRow({ session, onEnd }: { session: OwnSession; onEnd: () => void }) {
  const { t } = useTranslation();
  const name = session.deviceName ?? session.browser ?? t("sessions.unknown");
  return (
    <li className="thing session">
      <Icon icon={MonitorSmartphone} size="lg" />
      <div className="thing__body">
        <h3>
          {name}
          {session.isCurrent && <span className="badge badge--here">{t("sessions.current")}</span>}
        </h3>
        <p className="thing__facts">
          {session.deviceName && session.browser && <span>{session.browser}</span>}
          <span>{session.address ?? t("sessions.noAddress")}</span>
          <When at={session.lastActivityAt} word="active" />
          <When at={session.createdAt} word="since" />
          <span>{t(`sessions.method.${session.method}`)}</span>
        </p>
      </div>
      {!session.isCurrent && (
        <div className="thing__acts">
          <Button variant="ghost" size="sm" aria-label={t("sessions.endNamed", { name, address: session.address ?? t("sessions.noAddress") })} onPress={onEnd}>{t("sessions.end")}</Button>
        </div>
      )}
    </li>
  );
}

/** This one first, then those that were last at work. */
function inOrder(sessions: OwnSession[]): OwnSession[] {
  return [...sessions].sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent) || b.lastActivityAt.localeCompare(a.lastActivityAt));
}

function Sessions({ sessions, onAsk }: { sessions: OwnSession[]; onAsk: (asking: Asking) => void }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = inOrder(sessions).slice(0, all ? undefined : SHOWN_AT_FIRST);
  return (
    <>
      <ul className="things">
        {shown.map((session) => <SessionRow key={session.id} session={session} onEnd={() => onAsk(session)} />)}
      </ul>
      <div className="acts-row">
        {shown.length < sessions.length && <Button variant="ghost" onPress={() => setAll(true)}>{t("sessions.showAll", { count: sessions.length })}</Button>}
        {sessions.length > 1 && <Button onPress={() => onAsk("others")}>{t("sessions.endOthers")}</Button>}
        <Button onPress={() => onAsk("all")}>{t("sessions.endAll")}</Button>
      </div>
    </>
  );
}

/** Where one is signed in, and the way to end it there. */
export function SessionsSection() {
  const { t } = useTranslation();
  const query = useQuery(sessionsOptions());
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => setAsking(null);
  const one = typeof asking === "object" ? asking : null;
  return (
    <Section title={t("sessions.title")} text={t("sessions.text")} isAsking={asking !== null}>
      <Answer query={query}>{(sessions) => <Sessions sessions={sessions} onAsk={setAsking} />}</Answer>
      {one && <ConfirmDialog title={t("sessions.endTitle")} text={t("sessions.endText")} act={t("sessions.end")} onAct={() => endSession(one.id)} onClose={close} />}
      {asking === "others" && <ConfirmDialog title={t("sessions.othersTitle")} text={t("sessions.othersText")} act={t("sessions.endOthers")} onAct={endOtherSessions} onClose={close} />}
      {asking === "all" && <ConfirmDialog title={t("sessions.allTitle")} text={t("sessions.allText")} act={t("sessions.endAll")} onAct={endAllSessions} onClose={close} />}
    </Section>
  );
}
