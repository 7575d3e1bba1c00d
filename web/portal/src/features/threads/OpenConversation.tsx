import { CircleCheck, CloudOff } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { PortalThread, PortalThreadPage } from "@/api/types";
import { Banner } from "@/ui/Banner";
import { OwnWords } from "../../practice/OwnWords";
import { usePractice } from "../../practice/practices";
import { useMayWrite } from "../../session/session";
import { ReadOnly } from "../acting/ReadOnly";
import { announceArrival, arrivalIn, arrivalSeen, type Arrival } from "./arrivals";
import { draftName, draftOf } from "./drafts";
import { ArrivedAloud, FreshAct, MoreMessages, OlderOnly } from "./MoreMessages";
import { ReplyForm } from "./ReplyForm";
import { Talk } from "./Talk";
import { ThreadTop } from "./ThreadTop";
import { firstNew, linesOf } from "./timeline";
import { useArrivals } from "./useArrivals";
import { useOpening } from "./useOpening";
import { useReading } from "./useReading";
import type { Talk as TalkState } from "./useTalk";

export interface OpenConversationProps {
  talk: TalkState & { newest: PortalThreadPage };
  /** The message that a search found. */
  foundId?: string;
  onNewest: () => void;
  onContinued: (threadId: string) => void;
}

/** A conversation that is there: its top, its messages, the place to answer. */
export function OpenConversation({ talk, foundId, onNewest, onContinued }: OpenConversationProps) {
  const { t } = useTranslation();
  const { query, messages, newest, following } = talk;
  const { thread } = newest;
  const mayWrite = useMayWrite();
  // The line stays where it was when the reader came, though reading moves the cursor.
  const [newId] = useState(() =>
    thread.unreadCount > 0 ? firstNew(messages, newest.ownLastReadMessageId, !query.hasNextPage) : null,
  );
  const [arrival, setArrival] = useState<Arrival | null>(() => arrivalIn(thread.id));
  const log = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const { found, newLine } = useOpening(arrival === null, end);
  const arrivals = useArrivals(messages, following, log);
  const lines = useMemo(() => linesOf(messages, thread, newId, following), [messages, thread, newId, following]);
  useReading(thread.id, messages.at(-1), thread.unreadCount);
  useEffect(() => () => arrivalSeen(thread.id), [thread.id]);
  useEffect(() => {
    found.current?.focus({ preventScroll: true });
  }, [found]);

  return (
    <>
      <ThreadTop thread={thread} />
      {arrival && <ArrivalBanner arrival={arrival} category={thread.category} />}
      {query.isRefetchError && <Banner tone="quiet" icon={CloudOff} live="status"><b>{t("thread.stale")}</b>{t("thread.staleHint")}</Banner>}
      {query.hasNextPage && (
        <MoreMessages which="earlier" loading={query.isFetchingNextPage} failed={query.isFetchNextPageError} onLoad={() => void query.fetchNextPage()} />
      )}
      <div className="talk-frame">
        <Talk lines={lines} foundId={foundId} log={log} found={found} newLine={newLine} />
        <FreshAct count={arrivals.unseenCount} onGo={arrivals.goThere} />
      </div>
      <ArrivedAloud arrived={arrivals.arrived} />
      {!following && query.hasPreviousPage && (
        <MoreMessages which="later" loading={query.isFetchingPreviousPage} failed={query.isFetchPreviousPageError} onLoad={() => void query.fetchPreviousPage()} />
      )}
      <div ref={end} id="reply" tabIndex={-1}>
        {!mayWrite ? (
          <ReadOnly />
        ) : following ? (
          <Reply thread={thread} lastSeenMessageId={messages.at(-1)?.id} onSent={() => setArrival(null)} onContinued={onContinued} />
        ) : (
          <OlderOnly hasDraft={draftOf(draftName(thread.patientId, thread.id)) !== undefined} onNewest={onNewest} />
        )}
      </div>
    </>
  );
}

interface ReplyProps {
  thread: PortalThread;
  lastSeenMessageId: string | undefined;
  onSent: () => void;
  onContinued: (threadId: string) => void;
}

function Reply({ thread, onContinued, ...rest }: ReplyProps) {
  return (
    <ReplyForm
      {...rest} key={thread.id} thread={thread} patientId={thread.patientId}
      onContinued={(threadId) => {
        announceArrival(threadId, "continued");
        onContinued(threadId);
      }}
    />
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
          {time ? <Trans i18nKey="thread.sentTextTime" components={{ time: <OwnWords text={time} /> }} /> : t("thread.sentText")}
        </Banner>
      );
    case "continued":
      return <Banner tone="info" live="status"><b>{t("thread.continuedHeading")}</b>{t("thread.continuedText")}</Banner>;
  }
}
