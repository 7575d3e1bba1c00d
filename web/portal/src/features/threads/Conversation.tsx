import { useInfiniteQuery } from "@tanstack/react-query";
import { CloudOff, RotateCw, SearchX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Act } from "../../frame/Act";
import { StatePanel } from "../../frame/StatePage";
import { usePractice } from "../../practice/practices";
import { askWhom, useMe } from "../../session/session";
import { useAskWhomOn } from "../../session/useAskWhomOn";
import { TalkBones } from "./Bones";
import { OpenConversation } from "./OpenConversation";
import { threadQuery } from "./queries";

export interface ConversationProps {
  threadId: string;
  /** Goes to the conversation that the server started instead. */
  onContinued: (threadId: string) => void;
}

/** One conversation, or why it is not there. */
export function Conversation({ threadId, onContinued }: ConversationProps) {
  const { t } = useTranslation();
  const { phone } = usePractice();
  const { patients } = useMe();
  const query = useInfiniteQuery(threadQuery(threadId));
  useAskWhomOn(query.error);

  if (query.isPending) return <TalkBones label={t("app.loading")} />;
  // What may no longer be seen disappears at once, also from under an open page.
  if (isProblem(query.error, "not_found", "invalid_id", "forbidden"))
    return (
      <StatePanel icon={SearchX} level={1} title={t("thread.gone")} hint={t("thread.goneHint")}>
        {patients.length > 1 && <Act variant="secondary" onClick={askWhom}>{t("acting.changeLabel")}</Act>}
      </StatePanel>
    );
  const [newest] = query.data?.pages ?? [];
  if (!query.data || !newest)
    return (
      <StatePanel icon={CloudOff} danger level={1} title={t("thread.failed")} hint={t("thread.failedHint", { phone })}>
        <Act icon={RotateCw} onClick={() => void query.refetch()}>{t("app.tryAgain")}</Act>
      </StatePanel>
    );
  return <OpenConversation pages={query.data.pages} query={query} onContinued={onContinued} />;
}
