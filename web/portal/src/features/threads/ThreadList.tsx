import { useInfiniteQuery } from "@tanstack/react-query";
import { CloudOff, RotateCw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Act } from "../../frame/Act";
import { StatePanel } from "../../frame/StatePage";
import { usePractice } from "../../practice/practices";
import { useAskWhomOn } from "../../session/useAskWhomOn";
import { CardBones } from "./Bones";
import type { ListFilter } from "./filters";
import { NoThreads } from "./NoThreads";
import { threadListQuery } from "./queries";
import { ThreadCard } from "./ThreadCard";
import { useOpened } from "./useReturn";

export interface ThreadListProps {
  filter: ListFilter;
  onShowAll: () => void;
}

/** Says aloud, when the reader pauses, that more is unread than before. */
function UnreadAloud({ unread }: { unread: number }) {
  const { t } = useTranslation();
  const [known, setKnown] = useState(unread);
  const [isMore, setMore] = useState(false);
  if (known !== unread) {
    setKnown(unread);
    setMore(unread > known);
  }
  return <p className="visually-hidden" role="status">{isMore && t("home.arrived")}</p>;
}

/** The conversations, with all that can happen instead: nothing yet, nothing came. */
export function ThreadList({ filter, onShowAll }: ThreadListProps) {
  const { t } = useTranslation();
  const { slug, phone } = usePractice();
  const opened = useOpened();
  const list = useInfiniteQuery(threadListQuery(filter));
  useAskWhomOn(list.error);

  if (list.isPending) return <CardBones label={t("app.loading")} />;
  if (!list.data)
    return (
      <StatePanel icon={CloudOff} danger title={t("home.failed")} hint={t("home.failedHint", { phone })}>
        <Act icon={RotateCw} onClick={() => void list.refetch()}>{t("app.tryAgain")}</Act>
      </StatePanel>
    );

  const threads = list.data.pages.flatMap((page) => page.threads);
  // A thread that moved up between two pages stands on both.
  const once = [...new Map(threads.map((thread) => [thread.id, thread])).values()];
  const unread = once.reduce((sum, thread) => sum + thread.unreadCount, 0);
  if (once.length === 0) return <NoThreads filter={filter} onShowAll={onShowAll} />;
  const lostTouch = list.isRefetchError && isProblem(list.error, "network", "dependency_unavailable", "unexpected");
  return (
    <>
      {lostTouch && <Banner tone="quiet" icon={CloudOff} live="status"><b>{t("home.stale")}</b>{t("home.staleHint")}</Banner>}
      <UnreadAloud key={JSON.stringify(filter)} unread={unread} />
      <h2 className="visually-hidden">{t("home.listLabel")}</h2>
      <ul className="convs" data-keeps-focus>
        {once.map((thread) => <ThreadCard key={thread.id} thread={thread} practice={slug} focused={thread.id === opened} />)}
      </ul>
      {list.isFetchNextPageError && <Banner tone="danger" live="alert">{t("home.moreFailed")}</Banner>}
      {list.hasNextPage && (
        <Act variant="secondary" className="more" unavailable={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t(list.isFetchingNextPage ? "home.loadingMore" : "home.showMore")}
        </Act>
      )}
    </>
  );
}
