import { useQuery } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OwnSession } from "@/api/types";
import { Icon } from "@/ui/Icon";
import { Act } from "../../frame/Act";
import { ConfirmDialog } from "../../frame/ConfirmDialog";
import { Loaded } from "../../frame/Loaded";
import { cardTime } from "../../frame/times";
import { sessionEnded } from "../../session/session";
import { endAllSessions, endOtherSessions, endSession, sessionsQuery, useAccountChanged } from "./queries";

type Asking = { kind: "one"; session: OwnSession } | { kind: "others" } | { kind: "all" } | null;

/** Where the account is signed in, and how to end that. */
export function Sessions() {
  const { t } = useTranslation();
  const query = useQuery(sessionsQuery);
  const [asking, setAsking] = useState<Asking>(null);
  return (
    <section className="card stack">
      <div>
        <h2>{t("sessions.heading")}</h2>
        <p className="muted">{t("sessions.lede")}</p>
      </div>
      <Loaded query={query}>
        {({ sessions }) => (
          <>
            <ul className="rows">
              {sessions.map((session) => <Row key={session.id} session={session} onEnd={() => setAsking({ kind: "one", session })} />)}
            </ul>
            <div className="send-row">
              {sessions.length > 1 && <Act variant="secondary" onClick={() => setAsking({ kind: "others" })}>{t("sessions.endOthers")}</Act>}
              <Act variant="ghost" onClick={() => setAsking({ kind: "all" })}>{t("sessions.endAll")}</Act>
            </div>
          </>
        )}
      </Loaded>
      {asking && <Ask asking={asking} onClose={() => setAsking(null)} />}
    </section>
  );
}

const nameOf = ({ deviceName, browser }: OwnSession, unknown: string) => deviceName ?? browser ?? unknown;

function Row({ session, onEnd }: { session: OwnSession; onEnd: () => void }) {
  const { t, i18n } = useTranslation();
  const name = nameOf(session, t("sessions.unknown"));
  const details = [
    session.deviceName && session.browser,
    t("sessions.active", { when: cardTime(session.lastActivityAt, i18n.language, t) }),
    t("sessions.began", { when: cardTime(session.createdAt, i18n.language, t), how: t(`sessions.by.${session.method}`) }),
    session.address && t("sessions.from", { address: session.address }),
  ].filter((detail): detail is string => Boolean(detail));
  return (
    <li>
      <Icon icon={MonitorSmartphone} size="lg" />
      <span>
        <b>{name}</b>
        {session.isCurrent && <small className="strong">{t("sessions.thisOne")}</small>}
        {details.map((detail) => <small key={detail}>{detail}</small>)}
      </span>
      {!session.isCurrent && <Act variant="secondary" size="sm" aria-label={t("sessions.endNamed", { name })} onClick={onEnd}>{t("sessions.end")}</Act>}
    </li>
  );
}

function Ask({ asking, onClose }: { asking: NonNullable<Asking>; onClose: () => void }) {
  const { t } = useTranslation();
  const changed = useAccountChanged();
  const end = async () => {
    switch (asking.kind) {
      case "one":
        await endSession(asking.session.id);
        return changed();
      case "others":
        await endOtherSessions();
        return changed();
      case "all":
        await endAllSessions();
        return sessionEnded();
    }
  };
  return (
    <ConfirmDialog title={t(`sessions.ask.${asking.kind}`)} submit={t(`sessions.submit.${asking.kind}`)} onConfirm={end} onClose={onClose}>
      {t(`sessions.text.${asking.kind}`)}
    </ConfirmDialog>
  );
}
