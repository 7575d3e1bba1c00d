import "../../words/later";
import { Link } from "@tanstack/react-router";
import { BookmarkX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { buttonClass } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";

/** The address of a saved view that was removed, or that its owner no longer shares. */
export default function ViewGone() {
  const { t } = useTranslation();
  return (
    <main className="page-pane page-pane--center" id="thread" tabIndex={-1}>
      <EmptyState icon={BookmarkX} headingLevel={1} title={t("viewGone.title")} action={<Link to="/inbox/$view" params={{ view: "open" }} className={buttonClass({ variant: "primary" })}>{t("viewGone.back")}</Link>}>
        {t("viewGone.text")}
      </EmptyState>
    </main>
  );
}
