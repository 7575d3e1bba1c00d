import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { useAttempt } from "../../app/useAttempt";
import { AttemptProblem } from "../second-factor/AttemptProblem";

interface ConfirmDialogProps {
  title: string;
  text: string;
  act: string;
  onAct: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks once before something is taken away, and says there why it was not. */
export function ConfirmDialog({ title, text, act, onAct, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const run = () =>
    attempt.run(async () => {
      await onAct();
      onClose();
    });
  return (
    <Dialog
      isOpen
      role="alertdialog"
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button variant="ghost" autoFocus onPress={onClose}>{t("cancel")}</Button>
          <Button variant="danger" unavailable={attempt.busy || attempt.wait > 0} onPress={() => void run()}>{act}</Button>
        </>
      }
    >
      <AttemptProblem attempt={attempt} />
      <p className="muted">{text}</p>
    </Dialog>
  );
}
