import { FileCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { useStanding, type Mode } from "./drafts";

/** "Draft saved", while the server has the words as they stand. */
export function Kept({ threadId, mode }: { threadId: string; mode: Mode }) {
  const { t } = useTranslation();
  if (useStanding(threadId, mode) !== "saved") return null;
  return (
    <span className="composer__kept" title={t("composer.draftSaved")}>
      <Icon icon={FileCheck} size="sm" />
      <span className="composer__name">{t("composer.draftSaved")}</span>
    </span>
  );
}
