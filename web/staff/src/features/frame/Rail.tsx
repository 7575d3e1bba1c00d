import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { Bell, Bot, MessageSquareQuote, Settings, SquarePen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { BrandMark } from "@/domain/BrandMark";
import { Icon } from "@/ui/Icon";
import { Kbd } from "@/ui/Kbd";
import { adminPagesFor } from "../../app/administration";
import { useMay, useMe } from "../../app/session";
import { countsOptions } from "../../data/inbox";
import { unreadOptions } from "../../data/notifications";
import { viewFacts, viewGroups, type View } from "../../data/views";
import { AccountMenu } from "./AccountMenu";
import { NavItem } from "./NavItem";
import { SavedViews } from "./SavedViews";

function ViewItem({ view, current }: { view: View; current: boolean }) {
  const { t } = useTranslation();
  const { data: counts } = useQuery(countsOptions());
  const { icon, count } = viewFacts[view];
  return (
    <NavItem
      to={`/inbox/${view}`}
      icon={icon}
      label={t(`view.${view}`)}
      count={count && counts?.[count]}
      unread={view === "open" ? counts?.unread : undefined}
      urgent={view === "urgent"}
      current={current}
    />
  );
}

/** The views with their counts, what else one's role may open, and oneself. */
export function Rail() {
  const { t } = useTranslation();
  const { tenant } = useMe();
  const may = useMay();
  const { pathname } = useLocation();
  const sees = may("list_threads");
  const { data: unread } = useQuery({ ...unreadOptions(), enabled: sees });
  const at = (path: string) => pathname === path || pathname.startsWith(`${path}/`);
  return (
    <nav className="rail" aria-label={t("rail.label")}>
      <div className="rail__brand">
        <BrandMark />
        <div>
          <b>Threadwell</b>
          <span className="truncate">{tenant.name}</span>
        </div>
      </div>
      {may("start_thread") && (
        <Link to="/new" className="btn btn--secondary new-thread" title={t("rail.new")}>
          <Icon icon={SquarePen} />
          <span>{t("rail.new")}</span>
          <Kbd>C</Kbd>
        </Link>
      )}
      <div className="rail__scroll">
        {sees &&
          viewGroups.map(({ title, views }) => (
            <div className="rail__group" key={views[0]}>
              {views.includes("closed") && <SavedViews at={at} />}
              {title && <p className="rail__title">{t(`rail.${title}`)}</p>}
              <ul>
                {views.map((view) => (
                  <li key={view}>
                    <ViewItem view={view} current={at(`/inbox/${view}`)} />
                  </li>
                ))}
              </ul>
            </div>
          ))}
        <ul className="rail__group">
          {sees && (
            <li>
              <NavItem to="/notifications" icon={Bell} label={t("rail.notifications")} unread={unread} current={at("/notifications")} />
            </li>
          )}
          {may("use_canned") && (
            <li>
              <NavItem to="/canned-responses" icon={MessageSquareQuote} label={t("rail.canned")} current={at("/canned-responses")} />
            </li>
          )}
          {may("read_auto_replies") && (
            <li>
              <NavItem to="/automatic-replies" icon={Bot} label={t("rail.autoReplies")} current={at("/automatic-replies")} />
            </li>
          )}
          {adminPagesFor(may).length > 0 && (
            <li>
              <NavItem to="/settings" icon={Settings} label={t("rail.settings")} current={at("/settings")} />
            </li>
          )}
        </ul>
      </div>
      <AccountMenu />
    </nav>
  );
}
