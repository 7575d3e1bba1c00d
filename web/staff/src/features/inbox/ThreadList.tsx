import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Collection } from "react-aria-components/Collection";
import { GridList, GridListHeader, GridListItem, GridListLoadMoreItem, GridListSection } from "react-aria-components/GridList";
import { ListLayout, Virtualizer } from "react-aria-components/Virtualizer";
import type { StaffThread } from "@/api/types";
import { usePreferences } from "@/theme/preferences";
import { byDay } from "./groups";
import { ThreadRow } from "./ThreadRow";

interface ThreadListProps {
  threads: StaffThread[];
  currentId?: string;
  onOpen: (id: string) => void;
  hasMore: boolean;
  isLoadingMore: boolean;
  onLoadMore: () => void;
}

function rowClass(thread: StaffThread, current: boolean): string {
  return ["row", thread.unreadCount > 0 && "row--unread", current && "row--current"].filter(Boolean).join(" ");
}

/** The conversations as a virtual grid list: thousands of rows cost what a screenful does. */
export function ThreadList({ threads, currentId, onOpen, hasMore, isLoadingMore, onLoadMore }: ThreadListProps) {
  const { t, i18n } = useTranslation();
  const { density } = usePreferences();
  const groups = useMemo(() => byDay(threads, t, i18n.language), [threads, t, i18n.language]);
  const layoutOptions = useMemo(
    () => ({ estimatedRowHeight: density === "compact" ? 71 : 103, estimatedHeadingHeight: 25, loaderHeight: 48 }),
    [density],
  );
  return (
    <Virtualizer key={density} layout={ListLayout} layoutOptions={layoutOptions}>
      <GridList className="list" aria-label={t("list.label")} selectionMode="none" disallowTypeAhead onAction={(key) => onOpen(String(key))}>
        <Collection items={groups} dependencies={[currentId, i18n.language]}>
          {(group) => (
            <GridListSection id={group.id} aria-label={group.title}>
              <GridListHeader className="list__day">
                <span>{group.title}</span>
                {group.id === "day-0" && <span>{t("list.newestFirst")}</span>}
              </GridListHeader>
              <Collection items={group.threads} dependencies={[currentId, i18n.language]}>
                {(thread) => (
                  <GridListItem id={thread.id} textValue={`${thread.patientName}, ${thread.subject}`} className={rowClass(thread, thread.id === currentId)}>
                    <ThreadRow thread={thread} />
                    {thread.id === currentId && <span className="visually-hidden">{t("row.current")}</span>}
                  </GridListItem>
                )}
              </Collection>
            </GridListSection>
          )}
        </Collection>
        {hasMore && (
          <GridListLoadMoreItem className="list__more" isLoading={isLoadingMore} onLoadMore={onLoadMore}>
            {t("list.loadingMore")}
          </GridListLoadMoreItem>
        )}
      </GridList>
    </Virtualizer>
  );
}
