import { useQueryClient } from "@tanstack/react-query";
import { CloudOff, RotateCw, SearchX } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Act } from "../../frame/Act";
import { StatePanel } from "../../frame/StatePage";
import { usePractice } from "../../practice/practices";
import { askWhom, useMayWrite, useMe, usePatient } from "../../session/session";
import { useAskWhomOn } from "../../session/useAskWhomOn";
import { TalkBones } from "./Bones";
import { draftName, leaveDraft, restoreReply } from "./drafts";
import { OpenConversation } from "./OpenConversation";
import { talkQuery } from "./talkQuery";
import { useTalk } from "./useTalk";

export interface ConversationProps {
  threadId: string;
  /** The message to open at, which a search found. */
  foundId?: string;
  /** Leaves the found message for the end of the conversation. */
  onNewest: () => void;
  /** Goes to the conversation that the server started instead. */
  onContinued: (threadId: string) => void;
}

/** One conversation, or why it is not there. */
export function Conversation({ threadId, foundId, onNewest, onContinued }: ConversationProps) {
  const { t } = useTranslation();
  const { phone } = usePractice();
  const { patients } = useMe();
  const queries = useQueryClient();
  const talk = useTalk(threadId, foundId);
  const { query, newest } = talk;
  useAskWhomOn(query.error);
  const { id: patientId } = usePatient();
  const mayWrite = useMayWrite();
  // Asked for beside the conversation itself, which does not wait for it.
  useEffect(() => {
    if (!mayWrite) return;
    void restoreReply(patientId, threadId);
    return () => leaveDraft(draftName(patientId, threadId));
  }, [patientId, threadId, mayWrite]);

  if (query.isPending) return <TalkBones label={t("app.loading")} />;
  if (foundId && isProblem(query.error, "invalid_cursor")) return <WithoutFound threadId={threadId} onNewest={onNewest} onContinued={onContinued} />;
  // What may no longer be seen disappears at once, also from under an open page.
  if (isProblem(query.error, "not_found", "invalid_id", "forbidden"))
    return (
      <StatePanel icon={SearchX} level={1} title={t("thread.gone")} hint={t("thread.goneHint")}>
        {patients.length > 1 && <Act variant="secondary" onClick={askWhom}>{t("acting.changeLabel")}</Act>}
      </StatePanel>
    );
  if (!newest)
    return (
      <StatePanel icon={CloudOff} danger level={1} title={t("thread.failed")} hint={t("thread.failedHint", { phone })}>
        <Act icon={RotateCw} onClick={() => void query.refetch()}>{t("app.tryAgain")}</Act>
      </StatePanel>
    );
  const toNewest = () => (foundId ? onNewest() : void queries.resetQueries({ queryKey: talkQuery(threadId).queryKey }));
  return <OpenConversation talk={{ ...talk, newest }} foundId={foundId} onNewest={toNewest} onContinued={onContinued} />;
}

/** The conversation of a message that is not in it. */
function WithoutFound(props: Omit<ConversationProps, "foundId">) {
  const { t } = useTranslation();
  return (
    <>
      <Banner tone="quiet" icon={SearchX} live="status"><b>{t("thread.foundGone")}</b>{t("thread.foundGoneHint")}</Banner>
      <Conversation {...props} />
    </>
  );
}
