import { useQuery } from "@tanstack/react-query";
import { Mail, MessagesSquare, OctagonAlert, UserRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { shortName } from "@/domain/words";
import { longDay } from "@/i18n/dates";
import { Count } from "@/ui/Count";
import { Icon } from "@/ui/Icon";
import { useMe } from "../../app/session";
import { countsOptions } from "../../data/inbox";
import { KeyText } from "../frame/KeyText";

function partOfDay(hour: number): "morning" | "afternoon" | "evening" {
  return hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening";
}

/** The conversation pane before one is chosen: a greeting and four numbers. */
export function NothingChosen() {
  const { t, i18n } = useTranslation();
  const { user } = useMe();
  const { data: counts } = useQuery(countsOptions());
  const now = new Date();
  const tiles = [
    { name: "open", icon: MessagesSquare, count: counts?.open },
    { name: "unread", icon: Mail, count: counts?.unread },
    { name: "mine", icon: UserRound, count: counts?.mine },
    { name: "urgent", icon: OctagonAlert, count: counts?.urgent },
  ] as const;
  return (
    <main className="thread-pane nothing" id="thread" aria-label={t("conversation")} tabIndex={-1}>
      <div className="nothing__in">
        <div>
          <h1>{t(`greeting.${partOfDay(now.getHours())}`, { name: shortName(user.fullName) })}</h1>
          <p className="muted">
            {longDay(now, i18n.language)}. <KeyText text={t("greeting.choose")} />
          </p>
        </div>
        <dl className="tiles">
          {tiles.map(({ name, icon, count }) => (
            <div className="tile" key={name}>
              <dt>
                <Icon icon={icon} size="sm" />
                {t(`tile.${name}`)}
              </dt>
              <dd>{count ? <Count value={count.count} capped={count.capped} /> : "–"}</dd>
            </div>
          ))}
        </dl>
      </div>
    </main>
  );
}
