import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowDown, CornerDownRight } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { StaffMessage, StaffThreadDetail } from "@/api/types";
import { PictureScope } from "@/attachments/context";
import { picturesOf } from "@/attachments/MessageFiles";
import { daysAgo, fullDateTime, longDay } from "@/i18n/dates";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { staffOptions } from "../../data/people";
import { MessageItem } from "./MessageItem";
import { buildTimeline, readersOf } from "./timeline";
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
}

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
  const { thread, view, messages, firstNewId, ownId, scroll, hasOlder, isLoadingOlder, onOlder } = props;
  const { t, i18n } = useTranslation();
  const dayName = useDayName();
  const { data: staff = [] } = useQuery(staffOptions());
  const items = useMemo(() => buildTimeline(messages, firstNewId), [messages, firstNewId]);
  const readers = useMemo(() => readersOf(messages, thread.patientSeen), [messages, thread.patientSeen]);
  const pictures = useMemo(
    () => messages.flatMap((message) => picturesOf(message.attachments, fullDateTime(message.sentAt, i18n.language))),
    [messages, i18n.language],
  );
  const namesOf = (ids: string[]) => staff.filter(({ id }) => ids.includes(id)).map(({ fullName }) => fullName);
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
                      reader={readers.get(item.message.id)}
                      mentioned={namesOf(item.message.mentions)}
                    />
                  );
              }
            })}
          </ol>
        </div>
        {scroll.waiting > 0 && (
          <Button variant="secondary" size="sm" className="new-below" icon={ArrowDown} onPress={scroll.toEnd}>
            {t("thread.newMessages", { count: scroll.waiting })}
          </Button>
        )}
      </div>
    </PictureScope>
  );
}
