import { Link } from "@tanstack/react-router";
import { Bot, MessageSquareQuote, SquarePen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components/Button";
import { Icon } from "@/ui/Icon";
import { useMay, useMe } from "../../app/session";
import { viewFacts, VIEWS } from "../../data/views";
import { ThemeButton, useAccountActions } from "./AccountMenu";

/** On phones, everything that the four tabs leave out. */
export function MorePage() {
  const { t } = useTranslation();
  const { user } = useMe();
  const may = useMay();
  const { entries, leave, run } = useAccountActions();
  const pages = [
    ...(may("start_thread") ? [{ to: "/new", icon: SquarePen, label: t("rail.new") }] : []),
    ...(may("list_threads") ? VIEWS.slice(3).map((view) => ({ to: `/inbox/${view}`, icon: viewFacts[view].icon, label: t(`view.${view}`) })) : []),
    ...(may("use_canned") ? [{ to: "/canned-responses", icon: MessageSquareQuote, label: t("rail.canned") }] : []),
    ...(may("read_auto_replies") ? [{ to: "/automatic-replies", icon: Bot, label: t("rail.autoReplies") }] : []),
  ];
  return (
    <main className="page-pane" id="thread" aria-label={t("tabbar.more")} tabIndex={-1}>
      <div className="pane-bar">
        <h1 className="grow truncate">{user.fullName}</h1>
        <ThemeButton />
      </div>
      <ul className="more-list">
        {pages.map(({ to, icon, label }) => (
          <li key={to}>
            <Link className="option" to={to}>
              <Icon icon={icon} />
              {label}
            </Link>
          </li>
        ))}
        {[...entries, leave].map(({ id, icon, label }) => (
          <li key={id}>
            <Button className="option" onPress={() => run(id)}>
              <Icon icon={icon} />
              {label}
            </Button>
          </li>
        ))}
      </ul>
    </main>
  );
}
