import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { codePoints, SUBJECT_LIMIT } from "@/domain/words";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/TextField";

const FORM = "correct-subject";

/** Corrects a subject; the patient sees the new one. */
export function RenameDialog(props: { subject: string; onCancel: () => void; onSave: (subject: string) => void }) {
  const { t } = useTranslation();
  const [subject, setSubject] = useState(props.subject);
  const length = codePoints(subject);
  const error = length === 0 ? t("field.required") : length > SUBJECT_LIMIT ? t("field.tooLong", { limit: SUBJECT_LIMIT }) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!error) props.onSave(subject.trim());
  };
  return (
    <Dialog
      isOpen
      onClose={props.onCancel}
      title={t("renaming.title")}
      footer={
        <>
          <Button variant="ghost" onPress={props.onCancel}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={FORM} unavailable={Boolean(error)}>{t("save")}</Button>
        </>
      }
    >
      <form id={FORM} onSubmit={submit}>
        <TextField label={t("renaming.subject")} hint={t("renaming.hint")} value={subject} onChange={setSubject} error={error} autoFocus autoComplete="off" />
      </form>
    </Dialog>
  );
}
