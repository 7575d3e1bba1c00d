import { Link } from "@tanstack/react-router";
import { Bot, CircleUserRound, Lock, Paperclip, SquareUserRound } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { StaffHit, StaffThread } from "@/api/types";
import { CategoryBadge, StatusBadge } from "@/domain/badges";
import { initials } from "@/domain/words";
import { fullDateTime, shortDate, timeOfDay, daysAgo } from "@/i18n/dates";
import { Avatar } from "@/ui/Avatar";
import { Icon } from "@/ui/Icon";
import { noteOpened } from "../../data/searchState";
import { Hits } from "./Hits";

interface OpensThread {
  view: string;
  threadId: string;
  message?: string;
  /** The result's own name in the list. */
  resultId: string;
  /** Whether this result was opened last: coming back puts the focus on it. */
  opened: boolean;
  /** Whether a conversation is open beside the results: then Back leads past it to them. */
  beside: boolean;
  className: string;
  children: ReactNode;
}

function OpensThread({ view, threadId, message, resultId, opened, beside, className, children }: OpensThread) {
  return (
    <Link
      to="/inbox/$view/$threadId" params={{ view, threadId }} search={(old) => ({ ...old, message })} replace={beside} className={className} data-result={resultId}
      data-key={opened ? threadId : undefined} aria-current={(opened && beside) || undefined} onClick={() => noteOpened(resultId)}
    >
      {children}
    </Link>
  );
}

function When({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const short = daysAgo(at) < 1 ? timeOfDay(at, i18n.language) : shortDate(at, i18n.language);
  return <time className="row__time" dateTime={at} title={fullDateTime(at, i18n.language)}>{short}</time>;
}

interface RowProps {
  view: string;
  openedId?: string;
  beside: boolean;
}

/** A conversation found by its subject or its patient. */
export function FoundConversation({ thread, ...row }: RowProps & { thread: StaffThread }) {
  return (
    <OpensThread view={row.view} threadId={thread.id} resultId={thread.id} opened={row.openedId === thread.id} beside={row.beside} className="hit">
      <span className="hit__line">
        <Avatar kind="patient" size="sm" initials={initials(thread.patientName)} />
        <b className="truncate">{thread.patientName}</b>
        <When at={thread.lastMessageAt} />
      </span>
      <span className="truncate">{thread.subject}</span>
      <span className="hit__line">
        <StatusBadge status={thread.status} />
        <CategoryBadge category={thread.category} />
      </span>
    </OpensThread>
  );
}

const senders = { patient: CircleUserRound, staff: SquareUserRound, system: Bot };

/** A message found by its words. A note says first that it is one, in its own colour and with its lock. */
export function FoundMessage({ hit, ...row }: RowProps & { hit: StaffHit }) {
  const { t } = useTranslation();
  const { thread, message, snippet, subject } = hit;
  return (
    <OpensThread view={row.view} threadId={thread.id} message={message.id} resultId={message.id} opened={row.openedId === message.id} beside={row.beside} className={message.isInternalNote ? "hit hit--note" : "hit"}>
      {message.isInternalNote && (
        <span className="note__label hit__label">
          <Icon icon={Lock} />
          {t("search.note")}
        </span>
      )}
      <span className="hit__line">
        <b className="truncate">{thread.patientName}</b>
        <span className="truncate hit__subject"><Hits parts={subject} /></span>
        <When at={message.sentAt} />
      </span>
      <span className="hit__text">
        <span className="hit__who">
          <Icon icon={senders[message.senderType]} size="sm" />
          {message.senderName}
          {message.hasAttachments && <Icon icon={Paperclip} size="sm" label={t("search.hasFiles")} />}
        </span>
        <Hits parts={snippet} />
      </span>
    </OpensThread>
  );
}
