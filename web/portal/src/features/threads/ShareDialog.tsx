import "../../words/access";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../frame/ConfirmDialog";

/** Asks before those who help may read what was private. */
export function ShareDialog({ onConfirm, onClose }: { onConfirm: () => Promise<unknown>; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ConfirmDialog title={t("private.shareHeading")} submit={t("private.share")} onConfirm={onConfirm} onClose={onClose}>
      {t("private.shareText")}
    </ConfirmDialog>
  );
}
