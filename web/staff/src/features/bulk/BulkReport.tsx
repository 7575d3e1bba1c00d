import { useTranslation } from "react-i18next";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { dismissReport, type BulkReport as Report } from "../../data/bulkState";

/** What was not done, conversation by conversation. */
export function BulkReport({ report }: { report: Report }) {
  const { t } = useTranslation();
  return (
    <Banner tone="danger" live="alert" end={<Button variant="ghost" size="sm" className="banner__act" onPress={dismissReport}>{t("gotIt")}</Button>}>
      <b>{report.title}</b>
      {report.refusals.length > 0 && (
        <ul className="bulk-report">
          {report.refusals.map(({ id, name, subject, why }) => (
            <li key={id}><b>{name}</b>{subject && `, ${subject}`}: {why}</li>
          ))}
        </ul>
      )}
    </Banner>
  );
}
