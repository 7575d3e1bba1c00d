import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BulkResult, ThreadAct } from "@/api/types";
import { problemText } from "../../app/problemText";
import { offerUndo } from "../../app/undo";
import { actOnAll, unansweredOf, undoAll, type BulkOutcome } from "../../data/bulk";
import { deselect, type Ticked } from "../../data/selection";

/** One conversation on which an act was refused. */
export interface Refusal {
  id: string;
  name: string;
  subject: string;
  why: string;
}

export interface BulkReport {
  title: string;
  refusals: Refusal[];
}

/** Acts on the selection. What was refused, or not tried, stays selected, with the reason. */
export function useBulk(ticked: Ticked[]) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [report, setReport] = useState<BulkReport | null>(null);

  const refusal = ({ threadId, code }: BulkResult): Refusal => {
    const thread = ticked.find(({ id }) => id === threadId)?.thread;
    const why = t(`bulk.code.${code}`, { defaultValue: "" }) || t(`problem.${code}`, { defaultValue: t("bulk.code.other") });
    return { id: threadId, name: thread?.patientName ?? t("bulk.unseen"), subject: thread?.subject ?? "", why };
  };
  const stopped = (outcome: BulkOutcome) => {
    if (outcome.stoppedBy === undefined) return "";
    const { unknown, untried } = unansweredOf(outcome, ticked.length);
    if (untried === ticked.length) return `${t("bulk.failed")} ${problemText(t, outcome.stoppedBy)}`;
    const what = [unknown > 0 && t("bulk.unknown", { count: unknown }), untried > 0 && t("bulk.stopped", { count: untried })];
    return [...what, problemText(t, outcome.stoppedBy)].filter(Boolean).join(" ");
  };
  const tell = (outcome: BulkOutcome, action: ThreadAct) => {
    const { done, results, undoTokens } = outcome;
    if (done > 0 && undoTokens.length > 0) offerUndo(t(`bulk.done.${action.type}`, { count: done }), () => undoAll(undoTokens));
    const refused = results.filter(({ outcome }) => outcome === "refused");
    const partly = refused.length > 0 ? t("bulk.partly", { done, count: refused.length }) : "";
    const title = [stopped(outcome), partly].filter(Boolean).join(" ");
    if (title) setReport({ title, refusals: refused.map(refusal) });
  };
  const run = async (action: ThreadAct) => {
    if (busy || ticked.length === 0) return;
    setBusy(true);
    setReport(null);
    try {
      const outcome = await actOnAll(ticked.map(({ id }) => id), action);
      tell(outcome, action);
      deselect(outcome.results.filter(({ outcome: what }) => what !== "refused").map(({ threadId }) => threadId));
    } catch (error) {
      setReport({ title: `${t("bulk.failed")} ${problemText(t, error)}`, refusals: [] });
    } finally {
      setBusy(false);
    }
  };
  return { busy, report, dismiss: () => setReport(null), run };
}
