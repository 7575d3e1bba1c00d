import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { Inbox, Menu as MenuIcon, UserRound, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Count } from "@/ui/Count";
import { Icon } from "@/ui/Icon";
import { useMay } from "../../app/session";
import { countsOptions } from "../../data/inbox";

/** Four tabs at the foot of a phone; not inside a conversation. */
export function TabBar() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { data: counts } = useQuery({ ...countsOptions(), enabled: useMay()("list_threads") });
  const tabs = [
    { to: "/inbox/open", icon: Inbox, label: t("view.open") },
    { to: "/inbox/mine", icon: UserRound, label: t("view.mine") },
    { to: "/inbox/team", icon: UsersRound, label: t("tabbar.team") },
    { to: "/more", icon: MenuIcon, label: t("tabbar.more") },
  ];
  const known = tabs.some((tab) => pathname === tab.to);
  return (
    <nav className="tabbar" aria-label={t("rail.label")}>
      {tabs.map(({ to, icon, label }) => (
        <Link key={to} to={to} aria-current={pathname === to || (!known && to === "/more") ? "page" : undefined}>
          <Icon icon={icon} />
          {label}
          {to === "/inbox/open" && counts && counts.unread.count > 0 && (
            <Count value={counts.unread.count} capped={counts.unread.capped} unread label={t("rail.unread", { count: counts.unread.count })} />
          )}
        </Link>
      ))}
    </nav>
  );
}
