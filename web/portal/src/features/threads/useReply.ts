import { useEffect, useRef, useState } from "react";
import { isProblem } from "@/api/problem";
import type { PortalMessage } from "@/api/types";
import { codePoints, MESSAGE_LIMIT } from "@/domain/words";
import { attachments } from "../../session/attachments";
import { draftName, draftSent, holdDraft, keepDraft, keySpent, releaseDraft, tryFor, useDraft } from "./drafts";
import { useSendMessage } from "./queries";
import { sendFailure, type SendFailure } from "./sendProblem";

export interface ReplyOptions {
  patientId: string;
  threadId: string;
  /** The newest message that the writer has before their eyes. */
  lastSeenMessageId: string | undefined;
  /** The server put the message into a new conversation: the old one was closed too long ago. */
  onContinued: (threadId: string) => void;
  onSent: () => void;
}

export type ReplyError = "missing" | "long" | "refused";

/** The words of a reply and all that can become of them. They go only when the server has them. */
export function useReply({ patientId, threadId, lastSeenMessageId, onContinued, onSent }: ReplyOptions) {
  const name = draftName(patientId, threadId);
  const text = useDraft(name)?.messageText ?? "";
  const [error, setError] = useState<ReplyError | null>(null);
  const [failure, setFailure] = useState<SendFailure | null>(null);
  const [isSent, setSent] = useState(false);
  const [missed, setMissed] = useState<PortalMessage[] | null>(null);
  const [holding, setHolding] = useState(false);
  const send = useSendMessage(threadId);
  // Who has left the page is not taken to another one when the sending ends.
  const onScreen = useRef(false);
  useEffect(() => {
    onScreen.current = true;
    return () => {
      onScreen.current = false;
    };
  }, []);

  const write = (next: string) => {
    keepDraft(name, { messageText: next });
    if (error) setError(null);
    setSent(false);
  };

  const clear = () => {
    draftSent(name);
    keySpent();
  };

  const submit = async (seen = lastSeenMessageId) => {
    const length = codePoints(text);
    if (length === 0 || length > MESSAGE_LIMIT) return setError(length === 0 ? "missing" : "long");
    setMissed(null);
    const uploaded = await attachments.uploads.whenDone(name);
    if (uploaded.kind !== "ready") return setFailure(null);
    const { ids } = uploaded;
    const files = ids.length > 0 ? { attachmentIds: ids } : {};
    const body = { messageText: text, lastSeenMessageId: seen, ...files };
    setHolding(true);
    await holdDraft(name);
    try {
      const sent = await send.mutateAsync(tryFor(threadId, { text, ...files }, body));
      setFailure(null);
      attachments.uploads.sent(name, ids);
      clear();
      setSent(true);
      if (!onScreen.current) return;
      if (sent.threadId) onContinued(sent.threadId);
      else onSent();
    } catch (problem) {
      releaseDraft(name);
      if (isProblem(problem, "stale_reply")) {
        setFailure(null);
        keySpent();
        setMissed((problem.problem?.missed ?? []) as PortalMessage[]);
      } else if (isProblem(problem) && problem.fieldCode("/messageText")) {
        setFailure(null);
        setError("refused");
      } else if (isProblem(problem, "attachment_not_found") && (await attachments.uploads.missAny(name))) setFailure(null);
      else setFailure(sendFailure(problem));
    } finally {
      setHolding(false);
    }
  };

  return {
    name, text, write, error, failure, missed, isSent, busy: holding || send.isPending, submit,
    /** Sends in full knowledge of what was missed. */
    sendUnchanged: () => submit(missed?.at(-1)?.id ?? lastSeenMessageId),
    /** Back to the words, to change them. */
    edit: () => {
      setMissed(null);
      setFailure(null);
    },
  };
}
