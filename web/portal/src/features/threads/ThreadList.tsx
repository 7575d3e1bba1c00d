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
import { takeOpened } from "./arrivals";
import { CardBones } from "./Bones";
import type { ListFilter } from "./filters";
import { NoThreads } from "./NoThreads";
import { threadListQuery } from "./queries";
import { ThreadCard } from "./ThreadCard";

export interface ThreadListProps {
  filter: ListFilter;
  search: string;
  onShowAll: () => void;
}

/** The conversations, with all that can happen instead: nothing yet, nothing found, nothing came. */
export function ThreadList({ filter, search, onShowAll }: ThreadListProps) {
  const { t } = useTranslation();
  const { slug, phone } = usePractice();
  const [opened] = useState(takeOpened);
  const list = useInfiniteQuery(threadListQuery(filter, search));
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
  if (once.length === 0) return <NoThreads filter={filter} search={search} onShowAll={onShowAll} />;
  const lostTouch = list.isRefetchError && isProblem(list.error, "network", "dependency_unavailable", "unexpected");
  return (
    <>
      {lostTouch && <Banner tone="quiet" icon={CloudOff} live="status"><b>{t("home.stale")}</b>{t("home.staleHint")}</Banner>}
      {search && <p className="visually-hidden" role="status">{t("home.found", { count: once.length })}</p>}
      <h2 className="visually-hidden">{t("home.listLabel")}</h2>
      <ul className="convs">
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
