import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem, ProblemError } from "@/api/problem";
import type { StaffThread, StaffThreadDetail, ThreadAct, ThreadChange } from "@/api/types";
import { problemText } from "../../app/problemText";
import { offerUndo } from "../../app/undo";
import { actOnAll, undoAll } from "../../data/bulk";
import { changeThread, mustBeNewest, reloadThread, setStar, shownThread } from "../../data/threads";

export interface Notice {
  tone: "danger" | "info";
  title: string;
  text: string;
}

/** Each difference as a word key with its value, for "somebody changed this" notices. */
export function differences(before: StaffThread, after: StaffThread): { key: string; value: string }[] {
  const owner = (thread: StaffThread) => thread.assignedToName ?? thread.assignedTeamName ?? "";
  const found: { key: string; value: string }[] = [];
  if (before.status !== after.status) found.push({ key: "status", value: after.status });
  if (before.priority !== after.priority) found.push({ key: "priority", value: after.priority });
  if (before.category !== after.category) found.push({ key: "category", value: after.category });
  if (owner(before) !== owner(after)) found.push({ key: owner(after) ? "owner" : "noOwner", value: owner(after) });
  return found;
}

/** Acts on one as on several: the answer holds the way back to what it was. */
async function actOn(id: string, act: ThreadAct): Promise<string[]> {
  const outcome = await actOnAll([id], act);
  const refused = outcome.results.find(({ outcome: what }) => what === "refused");
  if (outcome.stoppedBy) throw outcome.stoppedBy;
  if (refused) throw new ProblemError(refused.code ?? "unexpected", 409);
  return outcome.undoTokens;
}

/** A change of what a conversation is about: an edit, which is not taken back. */
type Edit = Pick<ThreadChange, "category" | "subject" | "isConfidential">;

/** What was done to one conversation, where counting to one would say too little. */
const CHANGED: Partial<Record<ThreadAct["type"], string>> = { assign: "owner", status: "status", priority: "priority" };

/** Says what was done to one conversation, and how it is taken back. */
function offerWayBack(text: string, undoTokens: string[]): void {
  if (undoTokens.length > 0) offerUndo(text, () => undoAll(undoTokens));
}

/** The acts on a conversation, each with its failure turned into a notice at the conversation. */
export function useThreadActions(thread: StaffThreadDetail) {
  const { t } = useTranslation();
  const [notice, setNotice] = useState<Notice | null>(null);

  const word = ({ key, value }: { key: string; value: string }) =>
    t(`conflict.${key}`, { value: key === "owner" || key === "noOwner" ? value : t(`domain.${key}.${value}`) });
  const conflict = async () => {
    const newest = await reloadThread(thread.id);
    const changes = newest ? differences(thread, newest).map(word) : [];
    const text = [...changes, t("conflict.notSaved")].join(" ");
    setNotice({ tone: "info", title: t("conflict.title"), text });
  };
  const attempt = async (act: () => Promise<void>): Promise<boolean> => {
    setNotice(null);
    try {
      await act();
      return true;
    } catch (error) {
      if (isProblem(error, "version_mismatch")) await conflict();
      else setNotice({ tone: "danger", title: t("conflict.failed"), text: problemText(t, error) });
      if (isProblem(error, "illegal_transition")) void reloadThread(thread.id);
      return false;
    }
  };
  // One after the other: an act is based on what the last one left, not on what it met.
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const run = (act: () => Promise<void>): Promise<boolean> => {
    const turn = last.current.then(() => attempt(act));
    last.current = turn;
    return turn;
  };
  const act = (action: ThreadAct) =>
    run(async () => {
      await mustBeNewest(thread.id);
      const tokens = await actOn(thread.id, action);
      await reloadThread(thread.id);
      const changed = CHANGED[action.type];
      offerWayBack(changed ? t(`undo.changed.${changed}`) : t(`bulk.done.${action.type}`, { count: 1 }), tokens);
    });
  return {
    notice,
    dismiss: () => setNotice(null),
    /** Based on what the page shows, as every act here is. */
    act,
    edit: (change: Edit) => run(async () => void (await changeThread(shownThread(thread.id) ?? thread, change))),
    close: (reason: string) => act(reason.trim() ? { type: "close", reason: reason.trim() } : { type: "close" }),
    reopen: () => act({ type: "reopen" }),
    star: (isStarred: boolean) => run(() => setStar(thread.id, isStarred)),
    markUnread: () => run(async () => offerWayBack(t("bulk.done.mark-unread", { count: 1 }), await actOn(thread.id, { type: "mark-unread" }))),
  };
}

export type ThreadActions = ReturnType<typeof useThreadActions>;
