import { useEffect, useRef, useState } from "react";
import { newIdempotencyKey } from "@/api/client";
import { isProblem } from "@/api/problem";
import type { Afterwards, NewStaffMessage, StaffMessage, StaffThreadDetail } from "@/api/types";
import { useWords } from "@/attachments/words";
import { showToast } from "@/ui/toasts";
import { attachments, filesOfDraft } from "../../data/attachments";
import { reloadThread, sendMessage } from "../../data/threads";
import { clearDraft, draftOf, holdDraft, noteAttempt, releaseDraft, type Attempt, type Mode } from "./drafts";

/** What sending a reply does besides, in the same step: all of it or nothing. */
export type Then = "stay" | Afterwards;

interface Stale {
  missed: StaffMessage[];
  then: Then;
}

/** A note counts for nobody but staff: no "seen" message goes with it. */
function bodyOf(mode: Mode, text: string, then: Then, seenMessageId: string | undefined, mentions: string[], attachmentIds: string[]): NewStaffMessage {
  const files = attachmentIds.length > 0 ? { attachmentIds } : {};
  const after = then === "stay" ? {} : { then };
  return mode === "note"
    ? { messageText: text, isInternalNote: true, mentions, ...files }
    : { messageText: text, ...(seenMessageId ? { lastSeenMessageId: seenMessageId } : {}), ...after, ...files };
}

/** Whether a try carried these files to the same end: others make it another message. */
function carries(attempt: Attempt, ids: string[], then: Then): boolean {
  return (attempt.body.attachmentIds ?? []).join() === ids.join() && (attempt.body.then ?? "stay") === then;
}

/** Sends replies and saves notes; a failure keeps the words, the try and the reason. */
export function useSend(thread: StaffThreadDetail, seenMessageId: string | undefined) {
  const [sending, setSending] = useState<Mode | null>(null);
  const [stale, setStale] = useState<Stale | null>(null);
  const { words } = useWords();
  const onScreen = useRef(false);
  useEffect(() => {
    onScreen.current = true;
    return () => {
      onScreen.current = false;
    };
  }, []);

  const tryToSend = async (mode: Mode, then: Then, seen: string | undefined, mentions: string[]): Promise<boolean> => {
    const files = filesOfDraft(thread.id, mode);
    // The wait goes on when its writer turns to another conversation; the draft says so when they come back.
    const uploaded = await attachments.uploads.whenDone(files);
    if (uploaded.kind !== "ready") {
      if (uploaded.kind === "problem" && !onScreen.current) showToast(words("heldElsewhere"));
      return false;
    }
    const draft = draftOf(thread.id, mode);
    if (draft.text.trim() === "") return false;
    const { ids } = uploaded;
    const attempt = draft.attempt && carries(draft.attempt, ids, then)
      ? draft.attempt
      : { key: newIdempotencyKey(), body: bodyOf(mode, draft.text.trim(), then, seen, mentions, ids) };
    noteAttempt(thread.id, mode, { attempt, error: null });
    setSending(mode);
    await holdDraft(thread.id, mode);
    try {
      await sendMessage(thread.id, attempt.body, attempt.key, ({ messageId }) => noteAttempt(thread.id, mode, { sentId: messageId }));
    } catch (error) {
      const missed = isProblem(error, "stale_reply") ? (error.problem?.missed as StaffMessage[] | undefined) : undefined;
      const gone = isProblem(error, "attachment_not_found") && (await attachments.uploads.missAny(files));
      const spent = missed !== undefined || isProblem(error, "idempotency_key_reused", "attachment_not_found");
      noteAttempt(thread.id, mode, { attempt: spent ? null : attempt, error: missed || gone ? null : error });
      releaseDraft(thread.id, mode);
      if (missed) setStale({ missed, then });
      if (isProblem(error, "illegal_transition")) void reloadThread(thread.id);
      return false;
    } finally {
      setSending(null);
    }
    attachments.uploads.sent(files, ids);
    clearDraft(thread.id, mode);
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
