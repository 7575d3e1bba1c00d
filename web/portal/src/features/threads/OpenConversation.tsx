import { CircleCheck, CloudOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PortalThreadPage } from "@/api/types";
import { Banner } from "@/ui/Banner";
import { usePractice } from "../../practice/practices";
import { announceArrival, arrivalIn, arrivalSeen, type Arrival } from "./arrivals";
import { ReplyForm } from "./ReplyForm";
import { Talk } from "./Talk";
import { ThreadTop } from "./ThreadTop";
import { firstNew, linesOf } from "./timeline";
import { useKeepPlace } from "./useKeepPlace";
import { useOpening } from "./useOpening";
import { useReading } from "./useReading";

export interface OpenConversationProps {
  /** Newest page first, as they were fetched. */
  pages: PortalThreadPage[];
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    isRefetchError: boolean;
    fetchNextPage: () => Promise<unknown>;
  };
  onContinued: (threadId: string) => void;
}

/** A conversation that is there: its top, its messages, the place to answer. */
export function OpenConversation({ pages, query, onContinued }: OpenConversationProps) {
  const { t } = useTranslation();
  const [newest] = pages as [PortalThreadPage];
  const { thread } = newest;
  const all = [...pages].reverse().flatMap((page) => page.messages);
  // Pages shift when messages arrive between two fetches: each message stands once.
  const messages = [...new Map(all.map((message) => [message.id, message])).values()];
  // The line stays where it was when the reader came, though reading moves the cursor.
  const [newId] = useState(() =>
    thread.unreadCount > 0 ? firstNew(messages, newest.ownLastReadMessageId, !query.hasNextPage) : null,
  );
  const [arrival, setArrival] = useState<Arrival | null>(() => arrivalIn(thread.id));
  const end = useRef<HTMLDivElement>(null);
  const newLine = useOpening(arrival === null, end);
  const place = useKeepPlace(messages[0]?.id);
  useReading(thread.id, messages.at(-1), thread.unreadCount);
  useEffect(() => () => arrivalSeen(thread.id), [thread.id]);

  return (
    <>
      <ThreadTop thread={thread} />
      {arrival && <ArrivalBanner arrival={arrival} category={thread.category} />}
      {query.isRefetchError && <Banner tone="quiet" icon={CloudOff} live="status"><b>{t("thread.stale")}</b>{t("thread.staleHint")}</Banner>}
      {query.isFetchNextPageError && <Banner tone="danger" live="alert">{t("thread.earlierFailed")}</Banner>}
      <Talk
        lines={linesOf(messages, thread, newId)} newLine={newLine} hasEarlier={query.hasNextPage}
        loadingEarlier={query.isFetchingNextPage} onEarlier={() => void place.keep(query.fetchNextPage)}
      />
      <div ref={end} id="reply" tabIndex={-1}>
        <ReplyForm
          key={thread.id} thread={thread} patientId={thread.patientId} lastSeenMessageId={messages.at(-1)?.id}
          onSent={() => setArrival(null)}
          onContinued={(threadId) => {
            announceArrival(threadId, "continued");
            onContinued(threadId);
          }}
        />
      </div>
    </>
  );
}

/** What just happened: sent, and when to expect an answer. */
function ArrivalBanner({ arrival, category }: { arrival: Arrival; category: string }) {
  const { t } = useTranslation();
  const time = usePractice().answerTimes.find((answer) => answer.category === category)?.text;
  switch (arrival) {
    case "sent":
      return (
        <Banner tone="success" icon={CircleCheck} live="status">
          <b>{t("thread.sentHeading")}</b>
          {time ? t("thread.sentTextTime", { time }) : t("thread.sentText")}
        </Banner>
      );
    case "continued":
      return <Banner tone="info" live="status"><b>{t("thread.continuedHeading")}</b>{t("thread.continuedText")}</Banner>;
  }
}
