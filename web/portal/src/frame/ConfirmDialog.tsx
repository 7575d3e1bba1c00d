import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { Act } from "./Act";
import { PortalDialog } from "./PortalDialog";
import { Trouble, type Known } from "./Trouble";
import { useAct } from "./useAct";

export interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  /** The act in words, such as "Remove". */
  submit: string;
  /** What it cannot be taken back from stands in red. */
  danger?: boolean;
  known?: Known;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something is done. Failing, it stays and says why. */
export function ConfirmDialog({ title, children, submit, danger, known, onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation();
  const act = useAct();
  const confirm = async () => {
    if (await act.run(onConfirm)) onClose();
  };
  return (
    <PortalDialog title={title} role="alertdialog" onClose={onClose}>
      <p className="lede">{children}</p>
      <Trouble error={act.error} known={known} />
      <div className="send-row">
        <Act variant={danger ? "danger" : "primary"} unavailable={act.busy} onClick={() => void confirm()}>{act.busy ? t("confirmDialog.busy") : submit}</Act>
        {/* The safe answer is the one that Enter gives. */}
        <Button variant="secondary" size="lg" autoFocus onPress={onClose}>{t("confirmDialog.keep")}</Button>
      </div>
    </PortalDialog>
  );
}
