import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ArrowUp, CircleCheck, CloudOff, RotateCw, SearchX, Star } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import type { StaffThread, StaffThreadList } from "@/api/types";
import { usePreferences } from "@/theme/preferences";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { onDemand } from "@/ui/onDemand";
import { countsOptions, openListAt, threadListOptions } from "../../data/inbox";
import { useMedia } from "../../app/useMedia";
import { firstPage } from "../../data/pages";
import { useSearchIn } from "../../data/searchState";
import { useSelection } from "../../data/selection";
import type { ListView } from "../../data/views";
import { listFilter, type InboxSearch } from "./filters";
import type { Density } from "./listLayout";
import { ListSkeleton } from "./ListSkeleton";
import { ListTools } from "./ListTools";
import { OfflineBanner } from "./OfflineBanner";
import { ThreadList } from "./ThreadList";
import { useNewsAbove } from "./useNewsAbove";
import { useSteadyList } from "./useSteadyList";
import { useWalk } from "./useWalk";

const BulkBar = onDemand(async () => (await import("../bulk/BulkBar")).BulkBar);
const SearchResults = lazy(() => import("../search/SearchResults"));

export interface InboxListProps {
  view: ListView;
  search: InboxSearch;
  currentId?: string;
  onChange: (change: Partial<InboxSearch>) => void;
  /** Somebody may be about to open a conversation. */
  onAhead: () => void;
  onOpen: (id: string) => void;
}

/** The rows of all pages; one that slid from a page to the next is shown once. */
function eachOnce(pages: StaffThreadList[]): StaffThread[] {
  return [...new Map(pages.flatMap((page) => page.threads).map((thread) => [thread.id, thread])).values()];
}

/** The table is for wide screens: below, its columns have no room. */
function useListDensity(): Density {
  const { density } = usePreferences();
  const hasRoom = useMedia("(min-width: 60em)");
  return density === "table" && !hasRoom ? "comfortable" : density;
}

/** The list pane: one view, searched and filtered, page after page. */
export function InboxList({ view, search, currentId, onChange, onAhead, onOpen }: InboxListProps) {
  const { t } = useTranslation();
  const searched = useSearchIn(view.key, view.search).query;
  const { data: counts } = useQuery(countsOptions());
  // On phones the list is the page, not a pane beside it.
  const Pane = useMedia("(max-width: 47.9375em)") ? "main" : "section";
  const below = Pane === "main" ? 2 : 3;
  const filter = listFilter(view.filter, search);
  const query = useInfiniteQuery({ ...threadListOptions(filter), enabled: searched === "" });
  const page = query.data?.pageParams[0] ?? firstPage;
  const loaded = useMemo(() => ({ threads: eachOnce(query.data?.pages ?? []), before: page.before }), [query.data, page]);
  const listKey = JSON.stringify(filter);
  const list = useSteadyList(loaded, listKey);
  const hasNews = useNewsAbove(filter, loaded, listKey);
  const shown = list.stretch.threads;
  const density = useListDensity();

  useWalk(list.stretch, currentId, onOpen);
  const selected = useSelection();
  const [selecting, setSelecting] = useState(false);
  // Keys act on the selection only while its bar can be seen.
  const isCovered = currentId !== undefined && (Pane === "main" || density === "table");
  const bulk = searched === "" && !isCovered && (selecting || selected.length > 0);
  const byTouch = useMedia("(pointer: coarse)");
  return (
    <Pane className="list-pane" id="list" aria-label={t("list.label")}>
      <OfflineBanner at={query.dataUpdatedAt} />
      <ListTools heading={Pane === "main" ? "h1" : "h2"} view={view} search={search} counts={counts} isSearching={searched !== ""} onSelect={() => setSelecting(true)} onChange={onChange} />
      {searched ? (
        <Suspense fallback={<ListSkeleton />}>
          <SearchResults view={view.key} query={searched} own={view.search} currentId={currentId} headingLevel={below} />
        </Suspense>
      ) : query.isError && !query.data ? (
        <EmptyState
          icon={CloudOff}
          tone="danger"
          headingLevel={below}
          title={t("list.failed")}
          action={<Button variant="primary" icon={RotateCw} onPress={() => void query.refetch()}>{t("tryAgain")}</Button>}
        >
          {t("list.failedText", { id: (isProblem(query.error) && query.error.requestId) || "-" })}
        </EmptyState>
      ) : query.isPending ? (
        <ListSkeleton />
      ) : shown.length === 0 ? (
        <NothingHere filtered={Object.values(search).some(Boolean)} view={view} headingLevel={below} />
      ) : (
        <div className="list-wrap" {...list.pointer} onPointerMoveCapture={onAhead} onFocus={onAhead}>
          {list.waiting > 0 && (
            <Button size="sm" className="new-above" icon={ArrowUp} onPress={list.accept}>{t("list.waiting", { count: list.waiting })}</Button>
          )}
          <ThreadList
            key={listKey}
            listKey={listKey}
            stretch={list.stretch}
            page={page}
            density={density}
            currentId={currentId}
            onOpen={onOpen}
            hasMore={query.hasNextPage}
            hasEarlier={query.hasPreviousPage}
            isLoading={query.isFetching}
            isPicking={selecting || (bulk && byTouch)}
            hasNews={hasNews}
            hasFailed={query.isFetchNextPageError}
            onMore={() => void query.fetchNextPage()}
            onEarlier={() => void query.fetchPreviousPage()}
            onJump={(row) => void openListAt(filter, row)}
          />
        </div>
      )}
      <BulkBar isOpen={bulk} threads={shown} onDone={() => setSelecting(false)} />
    </Pane>
  );
}

function NothingHere({ filtered, view, headingLevel }: { filtered: boolean; view: ListView; headingLevel: 2 | 3 }) {
  const { t } = useTranslation();
  if (filtered) return <EmptyState icon={SearchX} headingLevel={headingLevel} title={t("list.noMatch")}>{t("list.noMatchText")}</EmptyState>;
  if (view.builtIn === "starred") return <EmptyState icon={Star} headingLevel={headingLevel} title={t("list.noStars")}>{t("list.noStarsText")}</EmptyState>;
  return (
    <EmptyState icon={CircleCheck} headingLevel={headingLevel} title={t("list.empty")}>
      {t(view.builtIn === "mine" ? "list.emptyMine" : "list.emptyText")}
    </EmptyState>
  );
}
