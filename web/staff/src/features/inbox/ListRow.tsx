import { memo } from "react";
import type { StaffThread } from "@/api/types";
import { useT } from "@/i18n/useT";
import type { Density } from "./listLayout";
import { TableCells, Tick } from "./TableCells";
import { ThreadRow } from "./ThreadRow";

interface ListRowProps {
  thread: StaffThread;
  index: number;
  top: number;
  height: number;
  density: Density;
  isCurrent: boolean;
  isSelected: boolean;
  isTabbable: boolean;
}

function rowClass(thread: StaffThread, density: Density, isCurrent: boolean): string {
  const base = density === "table" ? "trow" : "row";
  return [base, "list__at", thread.unreadCount > 0 && `${base}--unread`, isCurrent && "row--current"].filter(Boolean).join(" ");
}

/** One conversation at its place in the list. Drawn again only when something of it changed. */
export const ListRow = memo(function ListRow(props: ListRowProps) {
  const { thread, index, top, height, density, isCurrent, isSelected, isTabbable } = props;
  const { t } = useT();
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-selected={isSelected}
      aria-label={`${thread.patientName}, ${thread.subject}`}
      data-key={thread.id}
      tabIndex={isTabbable ? 0 : -1}
      className={rowClass(thread, density, isCurrent)}
      style={{ top, height }}
    >
      {density === "table" ? (
        <TableCells thread={thread} isSelected={isSelected} />
      ) : (
        <div role="gridcell">
          <span className="row__pick" data-tick><Tick label={t("row.select")} checked={isSelected} /></span>
          <ThreadRow thread={thread} />
          {isCurrent && <span className="visually-hidden">{t("row.current")}</span>}
        </div>
      )}
    </div>
  );
});
