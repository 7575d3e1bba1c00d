import "../../words/work";
import { useInfiniteQuery } from "@tanstack/react-query";
import { BellOff, CheckCheck, CloudOff, RotateCw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Segmented } from "@/ui/Segmented";
import { Bone, Skeleton } from "@/ui/Skeleton";
import { problemText } from "../../app/problemText";
import { useTitle } from "../../app/useTitle";
import { markNotificationsRead, notificationsOptions } from "../../data/notifications";
import { NotificationRow } from "./NotificationRow";

/** What concerns oneself: mentions in notes, and conversations that colleagues handed over. */
export function NotificationsPage() {
  const { t } = useTranslation();
  const [shown, setShown] = useState<"all" | "unread">("all");
  const [failure, setFailure] = useState<unknown>(null);
  const query = useInfiniteQuery(notificationsOptions(shown === "unread"));
  const notifications = query.data?.pages.flatMap((page) => page.notifications);
  const unread = query.data?.pages[0]?.unread.count ?? 0;
  useTitle(t("rail.notifications"));
  const mark = (which: Parameters<typeof markNotificationsRead>[0]) => {
    setFailure(null);
    markNotificationsRead(which).catch(setFailure);
  };
  return (
    <main className="page-pane" id="thread" tabIndex={-1}>
      <div className="pane-bar">
        <h1 className="grow">{t("rail.notifications")}</h1>
        <Button icon={CheckCheck} unavailable={unread === 0} onPress={() => mark({ all: true })}>{t("notifications.readAll")}</Button>
      </div>
      <div className="page-body">
        <Segmented label={t("notifications.which")} value={shown} onChange={setShown} options={[{ id: "all", label: t("list.all") }, { id: "unread", label: t("list.unread") }]} />
        {Boolean(failure) && <Banner tone="danger" live="alert">{problemText(t, failure)}</Banner>}
        {query.isError && !notifications ? (
          <EmptyState icon={CloudOff} tone="danger" headingLevel={2} title={t("list.failed")} action={<Button variant="primary" icon={RotateCw} onPress={() => void query.refetch()}>{t("tryAgain")}</Button>} />
        ) : !notifications ? (
          <Skeleton label={t("list.loading")}><Bone className="w-7/12" /><Bone className="w-10/12" /></Skeleton>
        ) : notifications.length === 0 ? (
          <EmptyState icon={BellOff} headingLevel={2} title={t(shown === "unread" ? "notifications.noneUnread" : "notifications.none")}>{t("notifications.noneText")}</EmptyState>
        ) : (
          <ul className="notices-list">
            {notifications.map((notification) => (
              <NotificationRow key={notification.id} notification={notification} onRead={() => mark({ ids: [notification.id] })} />
            ))}
          </ul>
        )}
        {query.hasNextPage && (
          <Button variant="ghost" unavailable={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>{t("search.more")}</Button>
        )}
      </div>
    </main>
  );
}
