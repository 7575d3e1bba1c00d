import { Link } from "@tanstack/react-router";
import { Inbox, MessageCircle, SquarePen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { Act, actClass } from "../../frame/Act";
import { StatePanel } from "../../frame/StatePage";
import { usePractice } from "../../practice/practices";
import { useMayWrite } from "../../session/session";
import type { ListFilter } from "./filters";

/** An empty list says why it is empty, and what is next. */
export function NoThreads({ filter, onShowAll }: { filter: ListFilter; onShowAll: () => void }) {
  const { t } = useTranslation();
  const { slug } = usePractice();
  const mayWrite = useMayWrite();
  const showAll = <Act variant="secondary" onClick={onShowAll}>{t("home.showAll")}</Act>;
  if (filter.kind) return <StatePanel icon={Inbox} title={t("home.emptyFiltered")}>{showAll}</StatePanel>;
  switch (filter.show) {
    case "new":
      return <StatePanel icon={Inbox} title={t("home.emptyNew")} hint={t("home.emptyNewHint")}>{showAll}</StatePanel>;
    case "waiting":
      return <StatePanel icon={Inbox} title={t("home.emptyWaiting")} hint={t("home.emptyWaitingHint")}>{showAll}</StatePanel>;
    case "closed":
      return <StatePanel icon={Inbox} title={t("home.emptyClosed")} hint={t("home.emptyClosedHint")}>{showAll}</StatePanel>;
    case "all":
      if (!mayWrite) return <StatePanel icon={MessageCircle} title={t("home.empty")} />;
      return (
        <StatePanel icon={MessageCircle} title={t("home.empty")} hint={t("home.emptyHint")}>
          <Link to="/$practice/new" params={{ practice: slug }} className={actClass({ variant: "secondary" })}>
            <Icon icon={SquarePen} />
            {t("home.write")}
          </Link>
        </StatePanel>
      );
  }
}
