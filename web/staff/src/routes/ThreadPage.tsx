import "../words/later";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { AttachmentsProvider } from "@/attachments/context";
import { preloadMenus } from "@/ui/Menu";
import { useMay } from "../app/session";
import { useWayBack } from "../app/useWayBack";
import { attachments, attachmentWords } from "../data/attachments";
import { Composer } from "../features/composer/Composer";
import { leaveDrafts, restoreDrafts } from "../features/composer/drafts";
import { Outgoing } from "../features/composer/Outgoing";
import { Conversation } from "../features/conversation/Conversation";

const route = getRouteApi("/frame/inbox/$view/$threadId");

// Half of a conversation's keys open a menu, which then should stand at once.
preloadMenus();

/** One conversation with its composer. */
export function ThreadPage() {
  const { view, threadId } = route.useParams();
  const { message } = route.useSearch();
  const may = useMay();
  const writes = may("reply") || may("note");
  const toList = useWayBack();
  // Asked for beside the conversation itself, which does not wait for it.
  useEffect(() => {
    if (!writes) return;
    void restoreDrafts(threadId);
    return () => leaveDrafts(threadId);
  }, [threadId, writes]);
  return (
    <AttachmentsProvider value={attachments} own={attachmentWords}>
      <Conversation
        key={threadId}
        id={threadId}
        view={view}
        messageId={message}
        outgoing={(messages) => <Outgoing threadId={threadId} messages={messages} />}
        onBack={toList}
        composer={(state) => (writes ? <Composer {...state} /> : null)}
      />
    </AttachmentsProvider>
  );
}
