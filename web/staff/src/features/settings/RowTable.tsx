import { useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { useMedia } from "../../app/useMedia";
import { remOf, useRows } from "./useRows";

export interface Column<T> {
  id: string;
  label: string;
  /** Where no head stands above the rows, its name stands before the value. */
  isNamed?: boolean;
  cell: (item: T) => ReactNode;
}

export interface RowTableProps<T> {
  label: string;
  /** Names the layout of its columns in the style sheet. */
  kind: string;
  columns: Column<T>[];
  items: T[];
  idOf: (item: T) => string;
  /** What Enter and a click do; rows that lead nowhere only read. */
  onOpen?: (item: T) => void;
  /** Where to begin, and whom to tell of moves. */
  top?: number;
  rowId?: string;
  onPlace?: (top: number, rowId?: string) => void;
  /** The next page. */
  hasMore?: boolean;
  hasFailed?: boolean;
  onMore?: () => void;
}

/** Heights in `rem`. On narrow screens a row stands on several lines. */
const WIDE = { row: 2.75, head: 2 };
const NARROW = { row: 4.75, head: 0 };

/** A long table of which only what is on the screen is drawn: five thousand rows cost what a screenful does. */
export function RowTable<T>(props: RowTableProps<T>) {
  const { label, kind, columns, items, idOf, onOpen, top = 0, onPlace, hasMore = false, hasFailed = false, onMore } = props;
  const { t } = useTranslation();
  const size = useMedia("(max-width: 59.9375em)") ? NARROW : WIDE;
  const height = size.row * remOf();
  const covered = size.head * remOf();
  const lastTop = useRef(top);
  const { scrollRef, range, reveal, rowFor } = useRows({
    count: items.length, height, covered, top,
    onScroll: (at) => {
      lastTop.current = at;
      onPlace?.(at);
    },
    onNearEnd: () => hasMore && !hasFailed && onMore?.(),
  });
  const [activeId, setActiveId] = useState(props.rowId);
  const found = items.findIndex((item) => idOf(item) === activeId);
  const active = found < 0 ? 0 : found;
  // Coming back from a page puts the focus on its row again; a key puts it on the next.
  const wanted = useRef<string | undefined>(props.rowId);
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const row = scrollRef.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(wanted.current)}"]`);
    if (!row) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });
  const open = (item: T) => {
    onPlace?.(lastTop.current, idOf(item));
    onOpen?.(item);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const current = items[active];
    if (event.key === "Enter" && current && event.target instanceof Element && event.target.matches("[data-key]")) return open(current);
    const at = rowFor(event, active);
    const next = at === undefined ? undefined : items[at];
    if (at === undefined || !next) return;
    event.preventDefault();
    reveal(at);
    wanted.current = idOf(next);
    setActiveId(idOf(next));
  };
  const shown = items.map((item, at) => ({ item, at })).slice(range.from, range.to);
  const kept = items[active];
  if (kept !== undefined && (active < range.from || active >= range.to)) shown.push({ item: kept, at: active });
  return (
    // eslint-disable-next-line jsx-a11y/interactive-supports-focus -- one of its rows always takes the focus
    <div className={`rows rows--${kind}`} role="grid" aria-label={label} aria-rowcount={hasMore ? -1 : items.length + 1} ref={scrollRef} onKeyDown={onKeyDown}>
      <div className="rows__head" role="row" aria-rowindex={1}>
        {columns.map(({ id, label: name }) => <span key={id} role="columnheader" className={`rows__${id}`}>{name}</span>)}
      </div>
      <div className="rows__all" role="rowgroup" style={{ height: items.length * height }}>
        {shown.map(({ item, at }) => (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid hears the keys of all of its rows
          <div
            key={idOf(item)} role="row" aria-rowindex={at + 2} data-key={idOf(item)} tabIndex={at === active ? 0 : -1}
            className={onOpen ? "rows__row rows__row--opens" : "rows__row"} style={{ top: at * height, height }}
            onFocus={() => setActiveId(idOf(item))} onClick={() => open(item)}
          >
            {columns.map(({ id, label: name, isNamed, cell }) => (
              <span key={id} role="gridcell" className={`rows__${id}`}>
                {isNamed && <span className="rows__label" aria-hidden="true">{name}</span>}
                {cell(item)}
              </span>
            ))}
          </div>
        ))}
      </div>
      {hasMore && (
        <div className="list__more" role="row">
          <span role="gridcell">{hasFailed ? <Button size="sm" onPress={onMore}>{t("tryAgain")}</Button> : t("list.loadingMore")}</span>
        </div>
      )}
    </div>
  );
}
