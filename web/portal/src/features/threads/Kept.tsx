import { FileCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Standing } from "@/drafts/keeper";
import { Icon } from "@/ui/Icon";

/** "Draft saved", while the server has the words as they stand. */
export function Kept({ standing }: { standing: Standing | undefined }) {
  const { t } = useTranslation();
  return <span className="kept">{standing === "saved" && <><Icon icon={FileCheck} size="sm" />{t("compose.draftKept")}</>}</span>;
}
