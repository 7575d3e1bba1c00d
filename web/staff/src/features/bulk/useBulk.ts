import { useTranslation } from "react-i18next";
import type { BulkResult, ThreadAct } from "@/api/types";
import { problemText } from "../../app/problemText";
import { offerUndo } from "../../app/undo";
import { actOnAll, unansweredOf, undoAll, type BulkOutcome } from "../../data/bulk";
import { beginAct, type BulkReport, type Refusal } from "../../data/bulkState";
import { deselect, type Ticked } from "../../data/selection";

/** Acts on the selection. What was refused, or not tried, stays selected, with the reason. */
export function useBulk(ticked: Ticked[]): (action: ThreadAct) => Promise<void> {
  const { t } = useTranslation();

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
  const tell = (outcome: BulkOutcome, action: ThreadAct): BulkReport | null => {
    const { done, results, undoTokens } = outcome;
    if (done > 0 && undoTokens.length > 0) offerUndo(t(`bulk.done.${action.type}`, { count: done }), () => undoAll(undoTokens));
    const refused = results.filter(({ outcome }) => outcome === "refused");
    const partly = refused.length > 0 ? t("bulk.partly", { done, count: refused.length }) : "";
    const title = [stopped(outcome), partly].filter(Boolean).join(" ");
    return title ? { title, refusals: refused.map(refusal) } : null;
  };
  return async (action) => {
    const end = ticked.length > 0 && beginAct();
    if (!end) return;
    const outcome = await actOnAll(ticked.map(({ id }) => id), action);
    end(tell(outcome, action));
    deselect(outcome.results.filter(({ outcome: what }) => what !== "refused").map(({ threadId }) => threadId));
  };
}
