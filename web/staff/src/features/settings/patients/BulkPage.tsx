import { FileUp, Mails } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BulkInvited } from "@/api/types";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { TextArea } from "@/ui/TextArea";
import { problemText } from "../../../app/problemText";
import { inviteInBulk } from "../../../data/admin/patients";
import { useSaving } from "../forms";
import { PageHead } from "../parts";
import { asTyped, countPatients, MAX_LINES, withColumns } from "./csv";
import { Outcomes } from "./Outcomes";

interface ChooseFileProps {
  onText: (text: string) => void;
  onFailed: () => void;
}

function ChooseFile({ onText, onFailed }: ChooseFileProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File | undefined) => {
    if (!file) return;
    try {
      onText(await file.text());
    } catch {
      onFailed();
    }
  };
  return (
    <>
      <Button icon={FileUp} onPress={() => input.current?.click()}>{t("admin.bulk.choose")}</Button>
      <input
        ref={input} type="file" accept=".csv,text/csv,text/plain" className="visually-hidden" tabIndex={-1} aria-label={t("admin.bulk.choose")}
        onChange={(event) => {
          void read(event.target.files?.[0]);
          // The same file, mended, can be chosen again.
          event.target.value = "";
        }}
      />
    </>
  );
}

/** Invites many patients from a list: first a look at what would become of each line, then the act. */
export function BulkPage() {
  const { t } = useTranslation();
  const [csv, setCsv] = useState("");
  const [report, setReport] = useState<BulkInvited | null>(null);
  const [unread, setUnread] = useState(false);
  const { busy, failure, save, setFailure } = useSaving();
  const count = countPatients(csv);
  const tooMany = count > MAX_LINES;
  const change = (text: string) => {
    setCsv(text);
    setReport(null);
    setUnread(false);
    setFailure(null);
  };
  const run = (dryRun: boolean) =>
    save(async () => {
      const answer = await inviteInBulk(withColumns(csv), dryRun);
      setReport({ ...answer, rows: asTyped(answer.rows, csv) });
    });
  return (
    <div className="page-body admin-one">
      <PageHead title={t("admin.bulk.title")} back={{ to: "/settings/patients", label: t("admin.tab.patients") }}>
        <p className="muted">{t("admin.bulk.text")}</p>
      </PageHead>
      {unread && <Banner tone="danger" live="alert">{t("admin.bulk.unreadable")}</Banner>}
      {Boolean(failure) && <Banner tone="danger" live="alert"><b>{t("admin.bulk.nothingSent")}</b> {problemText(t, failure)}</Banner>}
      <div className="bulk-source">
        <TextArea
          label={t("admin.bulk.list")} hint={t("admin.bulk.hint")} rows={8} value={csv} onChange={change}
          error={tooMany ? t("admin.bulk.tooMany", { count, limit: MAX_LINES }) : undefined} counter={csv.trim() ? t("admin.bulk.lines", { count }) : undefined}
        />
        <div className="admin-form__foot admin-form__foot--start">
          <ChooseFile onText={change} onFailed={() => setUnread(true)} />
          <Button variant={report ? "secondary" : "primary"} icon={Mails} unavailable={busy || tooMany || count < 1} onPress={() => void run(true)}>{t("admin.bulk.check")}</Button>
        </div>
      </div>
      {report && <Outcomes report={report} csv={csv} busy={busy} onInvite={() => void run(false)} />}
    </div>
  );
}
