import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Mail, MessageCircle, MessagesSquare, UsersRound, type LucideIcon } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Count } from "@/api/types";
import { shortName } from "@/domain/words";
import { longDay } from "@/i18n/dates";
import { Icon } from "@/ui/Icon";
import { useScrolls } from "@/ui/useScrolls";
import { useMe } from "../../app/session";
import { statisticsOptions } from "../../data/inbox";
import type { View } from "../../data/views";
import { KeyText } from "../frame/KeyText";

function partOfDay(hour: number): "morning" | "afternoon" | "evening" {
  return hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening";
}

/** "1,284"; a capped number says what it is more than: "99+", "10k+". */
function tileText({ count, capped }: Count, language: string): string {
  if (!capped) return count.toLocaleString(language);
  return count >= 1_000 ? `${Math.floor(count / 1_000)}k+` : `${count}+`;
}

interface Tile {
  name: "conversations" | "unread" | "patients" | "messages";
  icon: LucideIcon;
  count?: Count;
  /** The view that lists what it counts. */
  view?: View;
}

/** The conversation pane before one is chosen: a greeting and four numbers. */
export function NothingChosen() {
  const { t, i18n } = useTranslation();
  const { user } = useMe();
  const { data } = useQuery(statisticsOptions());
  const pane = useRef<HTMLElement>(null);
  const scrolls = useScrolls(pane);
  const now = new Date();
  const tiles: Tile[] = [
    { name: "conversations", icon: MessagesSquare, count: data?.conversations, view: "all" },
    { name: "unread", icon: Mail, count: data?.unreadMessages },
    { name: "patients", icon: UsersRound, count: data?.uniquePatients },
    { name: "messages", icon: MessageCircle, count: data?.messages },
  ];
  return (
    <main ref={pane} className="thread-pane nothing" id="thread" aria-label={t("conversation")} tabIndex={scrolls ? 0 : -1}>
      <div className="nothing__in">
        <div>
          <h1>{t(`greeting.${partOfDay(now.getHours())}`, { name: shortName(user.fullName) })}</h1>
          <p className="muted">
            {longDay(now, i18n.language)}. <KeyText text={t("greeting.choose")} />
          </p>
        </div>
        <dl className="tiles">
          {tiles.map(({ name, icon, count, view }) => (
            <div className="tile" key={name}>
              <dt>
                <Icon icon={icon} size="sm" />
                {view ? <Link className="tile__link" to="/inbox/$view" params={{ view }}>{t(`tile.${name}`)}</Link> : t(`tile.${name}`)}
              </dt>
              <dd>{count ? tileText(count, i18n.language) : "–"}</dd>
            </div>
          ))}
        </dl>
      </div>
    </main>
  );
}
