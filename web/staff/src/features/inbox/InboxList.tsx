import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ArrowUp, CircleCheck, CloudOff, RotateCw, SearchX } from "lucide-react";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { useHotkey } from "../../app/hotkeys";
import { countsOptions, threadListOptions } from "../../data/inbox";
import { useMedia } from "../../app/useMedia";
import type { View } from "../../data/views";
import { listFilter, type InboxSearch } from "./filters";
import { ListSkeleton } from "./ListSkeleton";
import { ListTools } from "./ListTools";
import { OfflineBanner } from "./OfflineBanner";
import { ThreadList } from "./ThreadList";
import { useSteadyList } from "./useSteadyList";

export interface InboxListProps {
  view: View;
  search: InboxSearch;
  currentId?: string;
  onChange: (change: Partial<InboxSearch>) => void;
  /** Somebody may be about to open a conversation. */
  onAhead: () => void;
  onOpen: (id: string) => void;
}

function useDebounced(value: string, ms = 250): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return value === "" ? "" : settled;
}

/** The list pane: one view, searched and filtered, page after page. */
export function InboxList({ view, search, currentId, onChange, onAhead, onOpen }: InboxListProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const searched = useDebounced(text);
  const { data: counts } = useQuery(countsOptions());
  // On phones the list is the page, not a pane beside it.
  const Pane = useMedia("(max-width: 47.9375em)") ? "main" : "section";
  const below = Pane === "main" ? 2 : 3;
  const filter = listFilter(view, search, searched);
  const query = useInfiniteQuery(threadListOptions(filter));
  const threads = useMemo(() => query.data?.pages.flatMap((page) => page.threads) ?? [], [query.data]);
  const list = useSteadyList(threads, JSON.stringify(filter));
  const shown = useDeferredValue(list.threads);

  const step = (by: number) => {
    const at = shown.findIndex((thread) => thread.id === currentId);
    const next = at < 0 ? shown[0] : shown[at + by];
    if (next) onOpen(next.id);
  };
  useHotkey("j", () => step(1));
  useHotkey("k", () => step(-1));

  return (
    <Pane className="list-pane" id="list" aria-label={t("list.label")}>
      <OfflineBanner at={query.dataUpdatedAt} />
      <ListTools heading={Pane === "main" ? "h1" : "h2"} view={view} search={search} counts={counts} text={text} onText={setText} onChange={onChange} />
      {query.isError && !query.data ? (
        <EmptyState
          icon={CloudOff}
          tone="danger"
          headingLevel={below}
          title={t("list.failed")}
          action={<Button variant="primary" icon={RotateCw} onPress={() => void query.refetch()}>{t("tryAgain")}</Button>}
        >
          {t("list.failedText", { id: (isProblem(query.error) && query.error.requestId) || "-" })}
        </EmptyState>
      ) : query.isPending || (shown.length === 0 && list.threads.length > 0) ? (
        <ListSkeleton />
      ) : shown.length === 0 ? (
        <NothingHere filtered={Boolean(searched) || Object.values(search).some(Boolean)} view={view} headingLevel={below} />
      ) : (
        <div className="list-wrap" {...list.pointer} onPointerMoveCapture={onAhead} onFocus={onAhead}>
          {list.waiting > 0 && (
            <Button size="sm" className="new-above" icon={ArrowUp} onPress={list.accept}>{t("list.waiting", { count: list.waiting })}</Button>
          )}
          <ThreadList
            threads={shown}
            currentId={currentId}
            onOpen={onOpen}
            hasMore={query.hasNextPage}
            isLoadingMore={query.isFetchingNextPage}
            onLoadMore={() => void query.fetchNextPage()}
          />
        </div>
      )}
    </Pane>
  );
}

function NothingHere({ filtered, view, headingLevel }: { filtered: boolean; view: View; headingLevel: 2 | 3 }) {
  const { t } = useTranslation();
  return filtered ? (
    <EmptyState icon={SearchX} headingLevel={headingLevel} title={t("list.noMatch")}>{t("list.noMatchText")}</EmptyState>
  ) : (
    <EmptyState icon={CircleCheck} headingLevel={headingLevel} title={t("list.empty")}>
      {t(view === "mine" ? "list.emptyMine" : "list.emptyText")}
    </EmptyState>
  );
}
