import "../words/later";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { problemText } from "./problemText";

export interface ConfirmDialogProps {
  /** The question. */
  title: string;
  /** What happens then, and what stays. */
  children: ReactNode;
  /** The act's name, verb first. */
  act: string;
  /** The way back; "Cancel" unless told. */
  back?: string;
  /** Red where something ends or is lost, which is the rule. */
  variant?: "danger" | "primary";
  /** Does it. A failure is said in the dialog, which then stays. */
  onConfirm: () => void | Promise<void>;
  /** Closes the dialog, when it was left and when the act is done. */
  onClose: () => void;
}

/** Asks once more before an act that is hard to take back. */
export function ConfirmDialog({ title, children, act, back, variant = "danger", onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const confirm = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      role="alertdialog"
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button variant="ghost" autoFocus onPress={onClose}>{back ?? t("cancel")}</Button>
          <Button variant={variant} unavailable={busy} onPress={() => void confirm()}>{act}</Button>
        </>
      }
    >
      {Boolean(failure) && <Banner tone="danger" live="alert">{problemText(t, failure)}</Banner>}
      <div className="muted">{children}</div>
    </Dialog>
  );
}
