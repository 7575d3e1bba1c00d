import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Factor } from "@/api/types";
import { isProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/TextField";
import { useAttempt } from "../../app/useAttempt";
import { removeFactor, renameFactor } from "../../data/account";
import { AttemptProblem } from "../second-factor/AttemptProblem";
import { useNameError } from "../second-factor/PasskeyForm";
import { ConfirmDialog } from "./ConfirmDialog";

interface FactorDialogProps {
  factor: Factor;
  onClose: () => void;
}

const FORM = "factor-name";

export function RenameFactorDialog({ factor, onClose }: FactorDialogProps) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const [name, setName] = useState(factor.name);
  const error = useNameError(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (error) return;
    void attempt.run(async () => {
      await renameFactor(factor.id, name.trim());
      onClose();
    });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("factor.renameNamed", { name: factor.name })}
      footer={
        <>
          <Button variant="ghost" onPress={onClose}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={FORM} unavailable={attempt.busy}>{t("save")}</Button>
        </>
      }
    >
      <form id={FORM} className="grid gap-4" onSubmit={submit} noValidate>
        <AttemptProblem attempt={attempt} />
        <TextField label={t("factor.name")} value={name} onChange={setName} error={error} autoComplete="off" autoFocus />
      </form>
    </Dialog>
  );
}

interface RemoveFactorDialogProps extends FactorDialogProps {
  /** The password is too short to stand alone: a longer one comes first. */
  onLonger: () => void;
}

/** Takes a factor away; the sessions that it confirmed go on. */
export function RemoveFactorDialog({ factor, onClose, onLonger }: RemoveFactorDialogProps) {
  const { t } = useTranslation();
  const remove = async () => {
    try {
      await removeFactor(factor.id);
    } catch (error) {
      if (!isProblem(error, "password_too_short")) throw error;
      onLonger();
    }
  };
  return (
    <ConfirmDialog title={t("factor.removeTitle", { name: factor.name })} text={t("factor.removeText")} act={t("factor.remove")} onAct={remove} onClose={onClose} />
  );
}
