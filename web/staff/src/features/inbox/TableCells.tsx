import { Check, Lock, Minus, Star } from "lucide-react";
import type { StaffThread } from "@/api/types";
import { CategoryBadge, PriorityBadge, StatusBadge } from "@/domain/badges";
import { fullDateTime } from "@/i18n/dates";
import { useT } from "@/i18n/useT";
import { Icon } from "@/ui/Icon";
import { Owner } from "./Owner";
import { tableTime } from "./rowTime";

interface TickProps {
  label: string;
  checked: boolean | "mixed";
}

/** A box to tick; the list takes the click and the keys. */
export function Tick({ label, checked }: TickProps) {
  return (
    <span className="checkbox" role="checkbox" aria-checked={checked} aria-label={label} tabIndex={-1} data-tick>
      {checked !== false && <Icon icon={checked === "mixed" ? Minus : Check} />}
    </span>
  );
}

/** One conversation in one line, for bulk work on wide screens. */
export function TableCells({ thread, isSelected }: { thread: StaffThread; isSelected: boolean }) {
  const { t, language } = useT();
  return (
    <>
      <span role="gridcell" className="trow__tick"><Tick label={t("row.select")} checked={isSelected} /></span>
      <span role="gridcell">{thread.unreadCount > 0 && <span className="trow__dot" role="img" aria-label={t("row.unread")} />}</span>
      <span role="gridcell" className="trow__name" title={`${thread.patientName} · ${t("mrn", { mrn: thread.patientMrn })}`}>
        {thread.isStarred && <Icon icon={Star} size="sm" label={t("row.starred")} className="starred" />}
        {thread.isConfidential && <Icon icon={Lock} size="sm" label={t("row.confidential")} className="faint" />}
        <span className="truncate">{thread.patientName}</span>
      </span>
      <span role="gridcell"><PriorityBadge priority={thread.priority} /></span>
      <span role="gridcell" className="trow__subject truncate">
        <b>{thread.subject || t("row.unreadable")}</b> <span>{thread.lastMessagePreview || t("row.unreadable")}</span>
      </span>
      <span role="gridcell"><StatusBadge status={thread.status} /></span>
      <span role="gridcell"><CategoryBadge category={thread.category} /></span>
      <span role="gridcell" className="trow__owner"><Owner thread={thread} named /></span>
      <span role="gridcell">
        <time dateTime={thread.lastMessageAt} title={fullDateTime(thread.lastMessageAt, language)}>
          {tableTime(thread.lastMessageAt, language)}
        </time>
      </span>
    </>
  );
}

const COLUMNS = ["patient", "priority", "subject", "status", "category", "owner", "last"] as const;

/** The names of the columns, and the box that ticks everything that is loaded. */
export function TableHead({ checked }: { checked: boolean | "mixed" }) {
  const { t } = useT();
  return (
    <div role="row" className="trow trow--head">
      <span role="columnheader"><Tick label={t("list.selectAll")} checked={checked} /></span>
      <span role="columnheader"><span className="visually-hidden">{t("list.readState")}</span></span>
      {COLUMNS.map((name) => (
        <span role="columnheader" key={name}>{t(`list.column.${name}`)}</span>
      ))}
    </div>
  );
}
