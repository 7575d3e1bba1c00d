import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowDown, CornerDownRight } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { StaffMessage, StaffThreadDetail } from "@/api/types";
import { PictureScope } from "@/attachments/context";
import { picturesOf } from "@/attachments/MessageFiles";
import { daysAgo, fullDateTime, longDay } from "@/i18n/dates";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { staffOptions } from "../../data/people";
import { MessageItem } from "./MessageItem";
import { buildTimeline, colleaguesAt, readersOf, type Reader } from "./timeline";
import type { TimelineScroll } from "./useTimelineScroll";

interface TimelineProps {
  thread: StaffThreadDetail;
  view: string;
  messages: StaffMessage[];
  firstNewId: string | null;
  ownId: string;
  scroll: TimelineScroll;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  onOlder: () => void;
  hasNewer: boolean;
  hitId?: string;
  /** What is on its way out stands below what is there. */
  outgoing: ReactNode;
}

/** Nobody is mentioned in most messages: one list for all of them, so that they need not be drawn again. */
const NOBODY: string[] = [];

function useDayName(): (at: string) => string {
  const { t, i18n } = useTranslation();
  return (at) => {
    const day = longDay(at, i18n.language);
    const ago = daysAgo(at);
    return ago === 0 ? t("thread.today", { day }) : ago === 1 ? t("thread.yesterday", { day }) : day;
  };
}

/** The messages, oldest first, patient left and staff right, notes across. */
export function Timeline(props: TimelineProps) {
  const { thread, view, messages, firstNewId, ownId, scroll, hasOlder, isLoadingOlder, onOlder, hasNewer } = props;
  const { t, i18n } = useTranslation();
  const dayName = useDayName();
  const { data: staff = [] } = useQuery(staffOptions());
  const items = useMemo(() => buildTimeline(messages, firstNewId), [messages, firstNewId]);
  const { patientSeen, staffSeen } = thread;
  const readers = useMemo(() => {
    const found = new Map<string, readonly Reader[]>(colleaguesAt(messages, staffSeen));
    readersOf(messages, patientSeen).forEach((reader, id) => found.set(id, [reader]));
    return found;
  }, [messages, patientSeen, staffSeen]);
  const mentioned = useMemo(() => {
    const names = new Map(staff.map(({ id, fullName }) => [id, fullName]));
    const noted = messages.filter(({ mentions }) => mentions.length > 0);
    return new Map(noted.map(({ id, mentions }) => [id, mentions.flatMap((whom) => names.get(whom) ?? [])]));
  }, [messages, staff]);
  const pictures = useMemo(
    () => messages.flatMap((message) => picturesOf(message.attachments, fullDateTime(message.sentAt, i18n.language))),
    [messages, i18n.language],
  );
  return (
    <PictureScope pictures={pictures}>
      <div className="timeline-wrap">
        <div className="timeline" role="log" aria-live={isLoadingOlder ? "off" : "polite"} aria-label={t("thread.messages")} tabIndex={0} ref={scroll.scrollRef} onScroll={scroll.onScroll}>
          <ol className="timeline__in">
            {hasOlder && (
              <li className="timeline__older">
                <Button size="sm" onPress={onOlder} unavailable={isLoadingOlder}>
                  {t(isLoadingOlder ? "thread.loadingOlder" : "thread.older")}
                </Button>
              </li>
            )}
            {!hasOlder && thread.linkedThreadId && (
              <li className="event">
                <Icon icon={CornerDownRight} />
                <Link to="/inbox/$view/$threadId" params={{ view, threadId: thread.linkedThreadId }}>{t("thread.linked")}</Link>
              </li>
            )}
            {items.map((item) => {
              switch (item.kind) {
                case "day":
                  return <li key={item.key} className="day">{dayName(item.at)}</li>;
                case "new":
                  return <li key={item.key} className="day day--unread">{t("thread.new")}</li>;
                case "message":
                  return (
                    <MessageItem
                      key={item.key}
                      message={item.message}
                      ownId={ownId}
                      patientName={thread.patientName}
                      patientLanguage={thread.patient.language}
                      readers={readers.get(item.message.id)}
                      isHit={item.message.id === props.hitId}
                      mentioned={mentioned.get(item.message.id) ?? NOBODY}
                    />
                  );
              }
            })}
            {hasNewer ? <li className="timeline__older muted">{t("thread.loadingNewer")}</li> : props.outgoing}
          </ol>
        </div>
        {(scroll.waiting > 0 || hasNewer) && (
          <Button variant="secondary" size="sm" className="new-below" icon={ArrowDown} onPress={scroll.toEnd}>
            {scroll.waiting > 0 ? t("thread.newMessages", { count: scroll.waiting }) : t("thread.newest")}
          </Button>
        )}
      </div>
    </PictureScope>
  );
}
