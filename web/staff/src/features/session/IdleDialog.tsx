import "../../words/later";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { waitText } from "../../app/waitText";

interface IdleDialogProps {
  isOpen: boolean;
  secondsLeft: number;
  onStay: () => void;
  onSignOut: () => void;
}

/** When what is left is said aloud: often enough to be warned, seldom enough to be heard. */
const SAID_AT = [10, 30, 60, 120];

/** Asks whether anybody is still there, and says how long it waits for an answer. */
export function IdleDialog({ isOpen, secondsLeft, onStay, onSignOut }: IdleDialogProps) {
  const { t } = useTranslation();
  const clock = `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")}`;
  const said = SAID_AT.find((seconds) => secondsLeft <= seconds) ?? secondsLeft;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onStay}
      role="alertdialog"
      title={t("idle.title")}
      footer={
        <>
          <Button variant="ghost" className="start" onPress={onSignOut}>{t("account.signOut")}</Button>
          <Button variant="primary" autoFocus onPress={onStay}>{t("idle.stay")}</Button>
        </>
      }
    >
      <p className="muted">{t("idle.text", { clock })}</p>
      <p className="visually-hidden" role="status">{t("idle.said", { wait: waitText(t, said) })}</p>
    </Dialog>
  );
}
