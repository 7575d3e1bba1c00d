import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bell, Bookmark, Bot, MessageSquareQuote, Settings, Settings2, SquarePen, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components/Button";
import { Count } from "@/ui/Count";
import { Icon } from "@/ui/Icon";
import { adminPagesFor } from "../../app/administration";
import { openDialog } from "../../app/dialogs";
import { useMay, useMe } from "../../app/session";
import { countsOptions } from "../../data/inbox";
import { unreadOptions } from "../../data/notifications";
import { savedViewsOptions, viewKey } from "../../data/savedViews";
import { viewFacts, VIEWS, type View } from "../../data/views";
import { ThemeButton, useAccountActions } from "./AccountMenu";

/** How much stands in a view, as the rail says it. */
function ViewCount({ view }: { view: View }) {
  const { count } = viewFacts[view];
  const { data: counts } = useQuery(countsOptions());
  const value = count && counts?.[count];
  return value && value.count > 0 && <span className="end"><Count value={value.count} capped={value.capped} /></span>;
}

/** On phones, everything that the four tabs leave out. */
export function MorePage() {
  const { t } = useTranslation();
  const { user } = useMe();
  const may = useMay();
  const { entries, leave, run } = useAccountActions();
  const sees = may("list_threads");
  const { data: saved = [] } = useQuery({ ...savedViewsOptions(), enabled: sees });
  const { data: unread } = useQuery({ ...unreadOptions(), enabled: sees });
  const pages: { to: string; icon: LucideIcon; label: string; view?: View }[] = [
    ...(sees ? [{ to: "/notifications", icon: Bell, label: t("rail.notifications") }] : []),
    ...(may("start_thread") ? [{ to: "/new", icon: SquarePen, label: t("rail.new") }] : []),
    ...(sees ? VIEWS.slice(3).map((view) => ({ to: `/inbox/${view}`, view, icon: viewFacts[view].icon, label: t(`view.${view}`) })) : []),
    ...saved.map((view) => ({ to: `/inbox/${viewKey(view)}`, icon: Bookmark, label: view.name })),
    ...(may("use_canned") ? [{ to: "/canned-responses", icon: MessageSquareQuote, label: t("rail.canned") }] : []),
    ...(may("read_auto_replies") ? [{ to: "/automatic-replies", icon: Bot, label: t("rail.autoReplies") }] : []),
    ...(adminPagesFor(may).length > 0 ? [{ to: "/settings", icon: Settings, label: t("rail.settings") }] : []),
  ];
  const acts = [
    ...(saved.length > 0 ? [{ id: "views", icon: Settings2, label: t("rail.manageViews"), onPress: () => openDialog({ kind: "manage-views" }) }] : []),
    ...[...entries, leave].map(({ id, icon, label }) => ({ id, icon, label, onPress: () => run(id) })),
  ];
  return (
    <main className="page-pane" id="thread" aria-label={t("tabbar.more")} tabIndex={-1}>
      <div className="pane-bar">
        <h1 className="grow truncate">{user.fullName}</h1>
        <ThemeButton />
      </div>
      <ul className="more-list">
        {pages.map(({ to, icon, label, view }) => (
          <li key={to}>
            <Link className="option" to={to}>
              <Icon icon={icon} />
              {label}
              {view && <ViewCount view={view} />}
              {to === "/notifications" && unread && unread.count > 0 && (
                <span className="end"><Count value={unread.count} capped={unread.capped} unread label={t("rail.unread", { count: unread.count })} /></span>
              )}
            </Link>
          </li>
        ))}
        {acts.map(({ id, icon, label, onPress }) => (
          <li key={id}>
            <Button className="option" onPress={onPress}>
              <Icon icon={icon} />
              {label}
            </Button>
          </li>
        ))}
      </ul>
    </main>
  );
}
