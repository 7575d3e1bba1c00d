import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BulkResult, StaffThread, ThreadAct } from "@/api/types";
import { problemText } from "../../app/problemText";
import { offerUndo } from "../../app/undo";
import { actOnAll, undoAll } from "../../data/bulk";
import { clearSelection, selectOnly } from "../../data/selection";

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

/** Acts on the selection. What was refused stays selected, with the reason for each. */
export function useBulk(threads: StaffThread[]) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [report, setReport] = useState<BulkReport | null>(null);

  const refusal = ({ threadId, code }: BulkResult): Refusal => {
    const thread = threads.find(({ id }) => id === threadId);
    const why = t(`bulk.code.${code}`, { defaultValue: "" }) || t(`problem.${code}`, { defaultValue: t("bulk.code.other") });
    return { id: threadId, name: thread?.patientName ?? "", subject: thread?.subject ?? "", why };
  };
  const run = async (action: ThreadAct) => {
    if (busy || threads.length === 0) return;
    setBusy(true);
    setReport(null);
    try {
      const outcome = await actOnAll(threads.map(({ id }) => id), action);
      const refused = outcome.results.filter(({ outcome: what }) => what === "refused");
      const text = t(`bulk.done.${action.type}`, { count: outcome.done });
      if (outcome.done > 0 && outcome.undoTokens.length > 0) offerUndo(text, () => undoAll(outcome.undoTokens));
      if (refused.length > 0) {
        setReport({ title: t("bulk.partly", { done: outcome.done, count: refused.length }), refusals: refused.map(refusal) });
        selectOnly(refused.map(({ threadId }) => threadId));
      } else clearSelection();
    } catch (error) {
      setReport({ title: `${t("bulk.failed")} ${problemText(t, error)}`, refusals: [] });
    } finally {
      setBusy(false);
    }
  };
  return { busy, report, dismiss: () => setReport(null), run };
}
