import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";

/** Stands at the foot of a long form, so that saving is never far. */
export function SaveBar({ dirty, busy, onUndo }: { dirty: boolean; busy: boolean; onUndo: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="save-bar">
      <span className="grow muted" role="status">{dirty && t("admin.unsaved")}</span>
      {dirty && <Button variant="ghost" onPress={onUndo}>{t("admin.undoChanges")}</Button>}
      <Button variant="primary" type="submit" unavailable={busy || !dirty}>{t("save")}</Button>
    </div>
  );
}
