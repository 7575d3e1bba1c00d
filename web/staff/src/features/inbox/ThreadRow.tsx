import { Lock, Reply, Star } from "lucide-react";
import type { StaffThread } from "@/api/types";
import { CategoryBadge, PriorityBadge, StatusBadge } from "@/domain/badges";
import { initials } from "@/domain/words";
import { fullDateTime } from "@/i18n/dates";
import { useT } from "@/i18n/useT";
import { Avatar } from "@/ui/Avatar";
import { Icon } from "@/ui/Icon";
import { Owner } from "./Owner";
import { rowTime } from "./rowTime";

/** What a list row shows: who, about what, the last public words, and where it stands. */
export function ThreadRow({ thread }: { thread: StaffThread }) {
  const { t, language } = useT();
  return (
    <>
      {thread.unreadCount > 0 && <span className="row__dot" role="img" aria-label={t("row.unread")} />}
      <span className="row__avatar">
        <Avatar kind="patient" initials={initials(thread.patientName)} />
      </span>
      <span className="row__body">
        <span className="row__line">
          <span className="row__name truncate" title={`${thread.patientName} · ${t("mrn", { mrn: thread.patientMrn })}`}>
            {thread.patientName}
          </span>
          <span className="row__n" title={t("row.messages", { count: thread.messageCount })}>{thread.messageCount}</span>
          {thread.isStarred && <Icon icon={Star} size="sm" label={t("row.starred")} className="starred" />}
          {thread.isConfidential && <Icon icon={Lock} size="sm" label={t("row.confidential")} className="faint" />}
          <time className="row__time" dateTime={thread.lastMessageAt} title={fullDateTime(thread.lastMessageAt, language)}>
            {rowTime(thread.lastMessageAt, language)}
          </time>
        </span>
        <span className="row__line">
          <span className="row__subject truncate grow">{thread.subject || t("row.unreadable")}</span>
          {thread.priority !== "normal" && <PriorityBadge priority={thread.priority} />}
        </span>
        <span className="row__preview truncate">
          {thread.lastMessageBy === "staff" && <Icon icon={Reply} label={t("row.replied")} />}
          {thread.lastMessagePreview || t("row.unreadable")}
        </span>
        <span className="row__line row__meta">
          <StatusBadge status={thread.status} />
          <CategoryBadge category={thread.category} />
          <Owner thread={thread} />
        </span>
      </span>
    </>
  );
}
