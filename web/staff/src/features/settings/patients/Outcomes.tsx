import { CircleAlert, CircleCheck, CircleMinus, Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { BulkInvited, BulkRow, InvitationOutcome } from "@/api/types";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { RowTable, type Column } from "../RowTable";
import { countOutcomes, isProblemRow, linesOf, problemsCsv } from "./csv";

function OutcomeBadge({ outcome }: { outcome: InvitationOutcome }) {
  const { t } = useTranslation();
  const isWrong = outcome === "malformed" || outcome === "no_such_patient";
  const icon = outcome === "invite" ? CircleCheck : isWrong ? CircleAlert : CircleMinus;
  return (
    <span className={outcome === "invite" ? "state state--active" : isWrong ? "state state--due" : "state"}>
      <Icon icon={icon} size="sm" />
      {t(`admin.bulk.outcome.${outcome}`)}
    </span>
  );
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

interface OutcomesProps {
  report: BulkInvited;
  csv: string;
  busy: boolean;
  onInvite: () => void;
}

/** What becomes of each line of a list, or became. */
export function Outcomes({ report, csv, busy, onInvite }: OutcomesProps) {
  const { t } = useTranslation();
  const { rows, invited, dryRun } = report;
  const lines = linesOf(csv);
  const malformed = rows.filter(({ outcome }) => outcome === "malformed").length;
  const hasProblems = rows.some(isProblemRow);
  const invitable = rows.filter((row) => !isProblemRow(row)).length;
  const columns: Column<BulkRow>[] = [
    { id: "line", label: t("admin.bulk.line"), cell: ({ line }) => line },
    { id: "text", label: t("admin.bulk.content"), cell: ({ line }) => <span className="truncate" title={lines[line - 1]}>{lines[line - 1]}</span> },
    { id: "outcome", label: t("admin.bulk.outcomeTitle"), cell: ({ outcome }) => <OutcomeBadge outcome={outcome} /> },
  ];
  return (
    <section className="settings" aria-labelledby="outcomes">
      <h3 id="outcomes">{t(dryRun ? "admin.bulk.would" : "admin.bulk.did")}</h3>
      {!dryRun && <Banner tone="success" live="status">{t("admin.bulk.done", { count: invited })}</Banner>}
      {dryRun && malformed > 0 && <Banner tone="danger" live="status">{t("admin.bulk.mend", { count: malformed })}</Banner>}
      <ul className="tallies" aria-label={t("admin.bulk.counts")}>
        {countOutcomes(rows).map(([outcome, count]) => <li key={outcome}><b>{count}</b> <OutcomeBadge outcome={outcome} /></li>)}
      </ul>
      <RowTable label={t("admin.bulk.outcomes")} kind="outcomes" columns={columns} items={rows} idOf={({ line }) => String(line)} />
      <div className="admin-form__foot">
        {hasProblems && <Button icon={Download} onPress={() => save("invitations-not-sent.csv", problemsCsv(rows, csv, (outcome) => t(`admin.bulk.outcome.${outcome}`)))}>{t("admin.bulk.download")}</Button>}
        {dryRun && <Button variant="primary" unavailable={busy || invitable === 0 || malformed > 0} onPress={onInvite}>{t("admin.bulk.invite", { count: invitable })}</Button>}
      </div>
    </section>
  );
}
