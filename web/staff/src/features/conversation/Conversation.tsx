import { useInfiniteQuery } from "@tanstack/react-query";
import { CloudOff, GitMerge, RotateCw, SearchX } from "lucide-react";
import { useDeferredValue, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import type { StaffMessage, StaffThreadDetail } from "@/api/types";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Drawer } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { KeyLayer } from "../../app/hotkeys";
import { useMedia } from "../../app/useMedia";
import { useMe } from "../../app/session";
import type { ComposerContext } from "../../data/conversation";
import { messagesOf, openThreadAt, threadOptions } from "../../data/threads";
import { ConversationSkeleton } from "./ConversationSkeleton";
import { PatientDetails } from "./PatientPanel";
import { Presence } from "./Presence";
import { ReviewBanner } from "./ReviewBanner";
import { ThreadHeader } from "./ThreadHeader";
import { Timeline } from "./Timeline";
import { firstUnread, newestPublicUpTo } from "./timeline";
import { useMarkRead, useOpenAt } from "./useReading";
import { useThreadActions } from "./useThreadActions";
import { useTimelineScroll } from "./useTimelineScroll";

interface ConversationProps {
  id: string;
  view: string;
  /** The message to open at. */
  messageId?: string;
  onBack: () => void;
  composer: (context: ComposerContext) => ReactNode;
  /** What is being sent, in the shape that it will have. */
  outgoing: (messages: StaffMessage[]) => ReactNode;
}

interface LoadedProps extends ConversationProps {
  thread: StaffThreadDetail;
  messages: StaffMessage[];
  hasOlder: boolean;
  isLoadingOlder: boolean;
  onOlder: () => void;
  hasNewer: boolean;
  onNewer: () => void;
}

function Loaded(props: LoadedProps) {
  const { id, view, thread, messageId, composer, outgoing, onBack, hasOlder, isLoadingOlder, onOlder, hasNewer, onNewer } = props;
  const { t } = useTranslation();
  // A page of messages is drawn in pieces between frames, and stands when all of it does.
  const messages = useDeferredValue(props.messages);
  const { user } = useMe();
  const actions = useThreadActions(thread);
  const [drawer, setDrawer] = useState(false);
  const withPanel = useMedia("(min-width: 80em)");
  // The line stays where it was on opening, though reading moves the cursor.
  const [firstNewId] = useState(() => firstUnread(messages, thread.ownLastReadMessageId, user.id));
  const scroll = useTimelineScroll({
    messages, ownId: user.id, hitId: messages.some((message) => message.id === messageId) ? messageId : undefined, hasNewer,
    onNearStart: () => hasOlder && !isLoadingOlder && onOlder(), onNearEnd: onNewer, onNewest: () => openThreadAt(id),
  });
  useOpenAt(id, messageId, messages);
  useMarkRead(id, scroll.seenId);
  const showPatient = () => (withPanel ? document.getElementById("patient-panel")?.focus() : setDrawer(true));
  return (
    <>
      <main className="thread-pane" id="thread" aria-label={t("conversation")} tabIndex={-1}>
        <ThreadHeader thread={thread} actions={actions} onBack={onBack} onPatient={showPatient} />
        <Presence threadId={id} />
        <Timeline thread={thread} view={view} messages={messages} firstNewId={firstNewId} ownId={user.id} scroll={scroll} hasOlder={hasOlder} isLoadingOlder={isLoadingOlder} onOlder={onOlder} hasNewer={hasNewer} hitId={messageId} outgoing={outgoing(messages)} />
        <div className="notices">
          {actions.notice && (
            <Banner tone={actions.notice.tone} icon={actions.notice.tone === "info" ? GitMerge : undefined} live="alert" end={<Button variant="ghost" size="sm" className="banner__act" onPress={actions.dismiss}>{t("gotIt")}</Button>}>
              <b>{actions.notice.title}</b> {actions.notice.text}
            </Banner>
          )}
          <ReviewBanner thread={thread} actions={actions} />
        </div>
        {composer({ thread, seenMessageId: newestPublicUpTo(messages, scroll.seenId), actions })}
      </main>
      {withPanel && (
        <aside className="panel" id="patient-panel" aria-label={t("patient.label")} tabIndex={-1}>
          <PatientDetails thread={thread} view={view} />
        </aside>
      )}
      <Drawer isOpen={drawer && !withPanel} onClose={() => setDrawer(false)} label={t("patient.label")}>
        <PatientDetails thread={thread} view={view} />
      </Drawer>
    </>
  );
}

interface NotThereProps {
  error: Error;
  missing: boolean;
  onBack: () => void;
  onAgain: () => void;
}

function NotThere({ error, missing, onBack, onAgain }: NotThereProps) {
  const { t } = useTranslation();
  if (missing)
    return (
      <EmptyState icon={SearchX} headingLevel={1} title={t("thread.gone")} action={<Button onPress={onBack}>{t("thread.back")}</Button>}>
        {t("thread.goneText")}
      </EmptyState>
    );
  return (
    <EmptyState icon={CloudOff} tone="danger" headingLevel={1} title={t("thread.failed")} action={<Button variant="primary" icon={RotateCw} onPress={onAgain}>{t("tryAgain")}</Button>}>
      {t("list.failedText", { id: (isProblem(error) && error.requestId) || "-" })}
    </EmptyState>
  );
}

/** One conversation: loading, missing, failed, or whole. */
export function Conversation(props: ConversationProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(threadOptions(props.id, props.messageId));
  const messages = useMemo(() => (query.data ? messagesOf(query.data) : []), [query.data]);
  const thread = query.data?.pages[0]?.thread;
  const missing = isProblem(query.error, "not_found", "invalid_id");
  // What one may no longer see leaves the screen, though the cache still holds it.
  if (thread && !missing)
    return (
      <KeyLayer value="conversation">
        <Loaded
          {...props}
          thread={thread}
          messages={messages}
          hasOlder={query.hasNextPage}
          isLoadingOlder={query.isFetchingNextPage || query.isFetchingPreviousPage}
          onOlder={() => void query.fetchNextPage()}
          hasNewer={query.hasPreviousPage}
          onNewer={() => query.isFetching || void query.fetchPreviousPage()}
        />
      </KeyLayer>
    );
  return (
    <main className="thread-pane" id="thread" aria-label={t("conversation")} tabIndex={-1}>
      {query.isError ? <NotThere error={query.error} missing={missing} onBack={props.onBack} onAgain={() => void query.refetch()} /> : <ConversationSkeleton />}
    </main>
  );
}
