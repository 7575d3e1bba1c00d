import "../../words/work";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { codePoints } from "@/domain/words";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/TextField";
import { problemText } from "../../app/problemText";

const FORM = "saved-view";
const NAME_LIMIT = 60;

interface ViewFormProps {
  title: string;
  name: string;
  isShared: boolean;
  onSave: (name: string, isShared: boolean) => Promise<void>;
  onClose: () => void;
}

/** A view's name, and whether colleagues see it. */
export function ViewForm({ title, onSave, onClose, ...before }: ViewFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(before.name);
  const [isShared, setShared] = useState(before.isShared);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const length = codePoints(name);
  const error = length === 0 ? t("field.required") : length > NAME_LIMIT ? t("field.tooLong", { limit: NAME_LIMIT }) : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || error) return;
    setBusy(true);
    try {
      await onSave(name.trim(), isShared);
    } catch (problem) {
      setFailure(problem);
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button variant="ghost" onPress={onClose}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={FORM} unavailable={busy}>{t("save")}</Button>
        </>
      }
    >
      <form id={FORM} className="grid gap-4" onSubmit={(event) => void submit(event)} noValidate>
        {Boolean(failure) && <Banner tone="danger" live="alert"><b>{t("views.notSaved")}</b> {problemText(t, failure)}</Banner>}
        <TextField label={t("views.name")} value={name} onChange={setName} error={tried ? error : undefined} autoFocus autoComplete="off" />
        <Checkbox isSelected={isShared} onChange={setShared}>{t("views.share")}</Checkbox>
      </form>
    </Dialog>
  );
}
