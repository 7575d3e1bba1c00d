import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newIdempotencyKey } from "@/api/client";
import { isProblem } from "@/api/problem";
import type { StaffMessage, StaffThreadDetail } from "@/api/types";
import { showToast } from "@/ui/toasts";
import { reloadThread, sendMessage } from "../../data/threads";
import type { ComposerContext } from "../../data/conversation";
import { clearDraft, draftOf, noteAttempt, type Mode } from "./drafts";

/** What a sent reply does next. */
export type Then = "stay" | "close" | "ask-provider";

interface Stale {
  missed: StaffMessage[];
  then: Then;
}

/** A note counts for nobody but staff: no "seen" message goes with it. */
function bodyOf(mode: Mode, text: string, seenMessageId: string | undefined, mentions: string[]) {
  return mode === "note"
    ? { messageText: text, isInternalNote: true, mentions }
    : { messageText: text, ...(seenMessageId ? { lastSeenMessageId: seenMessageId } : {}) };
}

/** Sends replies and saves notes; a failure keeps the words, the try and the reason. */
export function useSend(thread: StaffThreadDetail, seenMessageId: string | undefined, actions: ComposerContext["actions"]) {
  const { t } = useTranslation();
  const [sending, setSending] = useState<Mode | null>(null);
  const [stale, setStale] = useState<Stale | null>(null);

  const follow = async (then: Then) => {
    if (then === "close" && !(await actions.close(""))) showToast(t("composer.sentNotClosed"));
    if (then === "ask-provider") {
      // The reply moved the version on: ask for the newest before changing the status.
      const newest = await reloadThread(thread.id);
      if (newest && newest.status !== "waiting-provider") await actions.change({ status: "waiting-provider" }, newest);
    }
  };
  const tryToSend = async (mode: Mode, then: Then, seen: string | undefined, mentions: string[]): Promise<boolean> => {
    const draft = draftOf(thread.id, mode);
    const attempt = draft.attempt ?? { key: newIdempotencyKey(), body: bodyOf(mode, draft.text.trim(), seen, mentions) };
    noteAttempt(thread.id, mode, { attempt, error: null });
    setSending(mode);
    try {
      await sendMessage(thread.id, attempt.body, attempt.key);
    } catch (error) {
      const missed = isProblem(error, "stale_reply") ? (error.problem?.missed as StaffMessage[] | undefined) : undefined;
      const spent = missed !== undefined || isProblem(error, "idempotency_key_reused");
      noteAttempt(thread.id, mode, { attempt: spent ? null : attempt, error: missed ? null : error });
      if (missed) setStale({ missed, then });
      if (isProblem(error, "illegal_transition")) void reloadThread(thread.id);
      return false;
    } finally {
      setSending(null);
    }
    clearDraft(thread.id, mode);
    await follow(then);
    return true;
  };
  return {
    sending,
    stale,
    sendReply: (then: Then) => tryToSend("reply", then, seenMessageId, []),
    saveNote: (mentions: string[]) => tryToSend("note", "stay", undefined, mentions),
    /** After the author has read what was missed: the same words, on purpose. */
    sendUnchanged: () => {
      const read = stale;
      setStale(null);
      return tryToSend("reply", read?.then ?? "stay", read?.missed.at(-1)?.id ?? seenMessageId, []);
    },
    editReply: () => {
      setStale(null);
      void reloadThread(thread.id);
    },
  };
}
