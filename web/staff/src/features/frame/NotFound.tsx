import "../../words/later";
import { Link } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { buttonClass } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <main className="page-pane page-pane--center h-dvh" id="thread" tabIndex={-1}>
      <EmptyState icon={SearchX} headingLevel={1} title={t("notFound.title")} action={<Link to="/" className={buttonClass({ variant: "primary" })}>{t("notFound.back")}</Link>}>
        {t("notFound.text")}
      </EmptyState>
    </main>
  );
}
