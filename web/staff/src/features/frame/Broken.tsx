import { OctagonAlert, RotateCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";

/** A fault of the page itself. Shows no detail: an error's text may quote a patient. */
export function Broken() {
  const { t } = useTranslation();
  return (
    <main className="page-pane page-pane--center" id="thread" tabIndex={-1}>
      <EmptyState icon={OctagonAlert} tone="danger" headingLevel={1} title={t("broken.title")} action={<Button variant="primary" icon={RotateCw} onPress={() => window.location.reload()}>{t("broken.again")}</Button>}>
        {t("broken.text")}
      </EmptyState>
    </main>
  );
}
