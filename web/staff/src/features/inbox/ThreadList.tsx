import { ArrowUp } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef, type FocusEvent, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { useHotkey } from "../../app/hotkeys";
import type { ListPage } from "../../data/pages";
import { addSelected, clearSelection, toggleSelected, useSelection } from "../../data/selection";
import { itemsWithin, layoutOf, type Density } from "./listLayout";
import { ListRow } from "./ListRow";
import { TableHead } from "./TableCells";
import { useListWindow } from "./useListWindow";
import { reveal, useRowFocus, type RowItem } from "./useRowFocus";
import type { Stretch } from "./useSteadyList";

interface ThreadListProps {
  listKey: string;
  stretch: Stretch;
  page: ListPage;
  density: Density;
  currentId?: string;
  onOpen: (id: string) => void;
  hasMore: boolean;
  hasEarlier: boolean;
  isLoading: boolean;
  /** A tap on a row ticks it instead of opening it. */
  isPicking: boolean;
  /** Something new stands above what is loaded. */
  hasNews: boolean;
  /** The next page did not come: it is asked for again by hand. */
  hasFailed: boolean;
  onMore: () => void;
  onEarlier: () => void;
  onJump: (row: number) => void;
}

/** Rows so far above and below the screen are drawn ahead. */
const AROUND_PX = 144;

const threadsOf = (rows: RowItem[]) => rows.map(({ thread }) => thread);

const keyAt = (target: EventTarget) =>
  target instanceof Element ? target.closest<HTMLElement>("[data-key]")?.dataset.key : undefined;

/**
 * The conversations as a grid of which only what is on the screen is drawn. The library's own virtual grid builds
 * all of its rows whenever one changes; here a hundred thousand cost what a screenful does.
 */
export function ThreadList(props: ThreadListProps) {
  const { listKey, stretch, page, density, currentId, onOpen, hasMore, hasEarlier, isLoading, hasFailed, onMore } = props;
  const { t, i18n } = useTranslation();
  const selection = useSelection();
  const selected = useMemo(() => new Set(selection.map(({ id }) => id)), [selection]);
  const layout = useMemo(
    () => layoutOf(stretch.threads, { ...page, before: stretch.before }, density, t, i18n.language),
    [stretch, page, density, t, i18n.language],
  );
  const { scrollRef, view } = useListWindow(layout, listKey, {
    hasMore: hasMore && !hasFailed, hasEarlier, isBusy: isLoading, onMore, onEarlier: props.onEarlier, onJump: props.onJump,
  });
  const coveredPx = density === "table" ? 30 : 0;
  const toStart = () => scrollRef.current?.scrollTo({ top: 0 });
  const focus = useRowFocus({ layout, scrollRef, currentId, coveredPx, onOpen, onToggle: ({ thread }) => toggleSelected(thread), onStart: toStart });
  const { rows, tabbableId } = focus;

  // Walking through the list with a conversation open keeps its row in sight.
  const lastCurrent = useRef(currentId);
  useLayoutEffect(() => {
    const row = rows.find(({ key }) => key === currentId);
    if (row && lastCurrent.current !== currentId && scrollRef.current) reveal(scrollRef.current, row, coveredPx);
    lastCurrent.current = currentId;
  }, [rows, currentId, coveredPx, scrollRef]);

  const anchor = useRef<string | null>(null);
  const tickTo = (id: string) => {
    const ids = rows.map(({ key }) => key);
    const ends = [ids.indexOf(anchor.current ?? id), ids.indexOf(id)].sort((a, b) => a - b);
    addSelected(threadsOf(rows.slice(ends[0], (ends[1] ?? 0) + 1)));
  };
  const tickAll = () => (selected.size > 0 ? clearSelection() : addSelected(threadsOf(rows)));
  const toggle = (id: string | null | undefined) => {
    const row = rows.find(({ key }) => key === id);
    if (row) toggleSelected(row.thread);
  };
  const onClick = (event: MouseEvent) => {
    const id = keyAt(event.target);
    const onTick = event.target instanceof Element && event.target.closest("[data-tick]") !== null;
    if (!id) return onTick ? tickAll() : undefined;
    if (event.shiftKey) tickTo(id);
    else if (onTick || props.isPicking || event.ctrlKey || event.metaKey) toggle(id);
    else onOpen(id);
    anchor.current = id;
  };
  const onFocus = (event: FocusEvent) => {
    const id = keyAt(event.target);
    if (id) focus.onFocusRow(id);
  };
  const atHand = currentId ?? tabbableId;
  const extend = (by: number) => {
    const at = rows.findIndex(({ key }) => key === tabbableId);
    const [from, next] = [rows[at], rows[at + by]];
    if (!from || !next) return;
    addSelected(threadsOf([from, next]));
    focus.moveTo(next.key);
  };
  useHotkey("x", () => toggle(atHand), atHand !== undefined);
  useHotkey("Shift+J", () => extend(1));
  useHotkey("Shift+K", () => extend(-1));
  useEffect(() => {
    anchor.current = null;
  }, [listKey]);

  const drawn = itemsWithin(layout, view.top - AROUND_PX, view.top + view.height + AROUND_PX);
  // The row that has the focus stands wherever the list has been scrolled.
  const kept = rows.find(({ key }) => key === tabbableId);
  const items = kept && !drawn.includes(kept) ? [...drawn, kept].sort((a, b) => a.top - b.top) : drawn;
  const allTicked = selected.size > 0 && (rows.every(({ key }) => selected.has(key)) || "mixed");
  return (
    <>
      {props.hasNews && <Button size="sm" className="new-above" icon={ArrowUp} onPress={toStart}>{t("list.toNewest")}</Button>}
      <div
        className={`list list--${density}`} role="grid" aria-label={t("list.label")} aria-multiselectable="true" tabIndex={-1}
        aria-rowcount={hasMore ? -1 : stretch.before + stretch.threads.length}
        ref={scrollRef} onKeyDown={focus.onKeyDown} onClick={onClick} onFocus={onFocus}
      >
        {density === "table" && <TableHead checked={allTicked} />}
        <div className="list__all" role="rowgroup" style={{ height: layout.height }}>
          {items.map((item) =>
            item.kind === "day" ? (
              <div key={item.key} role="row" className="list__day list__at" style={{ top: item.top, height: item.height }}>
                <span role="rowheader">{item.title}</span>
                {item.isFirst && <span role="gridcell">{t("list.newestFirst")}</span>}
              </div>
            ) : (
              <ListRow
                key={item.key} thread={item.thread} index={item.index} top={item.top} height={item.height} density={density}
                isCurrent={item.key === currentId} isSelected={selected.has(item.key)} isTabbable={item.key === tabbableId}
              />
            ),
          )}
        </div>
        {hasMore && (
          <div className="list__more" role="row">
            <span role="gridcell">
              {hasFailed ? <Button size="sm" onPress={onMore}>{t("tryAgain")}</Button> : t("list.loadingMore")}
            </span>
          </div>
        )}
      </div>
    </>
  );
}
