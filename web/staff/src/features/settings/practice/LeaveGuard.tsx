import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../app/ConfirmDialog";

/** Asks before a page with unsaved changes is left, inside the app and by the browser. */
export function LeaveGuard({ isUnsaved }: { isUnsaved: boolean }) {
  const { t } = useTranslation();
  const { status, proceed, reset } = useBlocker({ shouldBlockFn: () => isUnsaved, enableBeforeUnload: () => isUnsaved, withResolver: true });
  if (status !== "blocked") return null;
  return (
    <ConfirmDialog title={t("admin.leave.title")} act={t("admin.leave.act")} back={t("admin.leave.stay")} onConfirm={proceed} onClose={reset}>
      {t("admin.leave.text")}
    </ConfirmDialog>
  );
}
