import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { EmergencyAccess } from "@/api/types";
import { fullDateTime } from "@/i18n/dates";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextArea } from "@/ui/TextArea";
import { reviewEmergency } from "../../../data/admin/emergency";
import { NotSaved, refusedField, useSaving } from "../forms";

const FORM = "review";

/** Says that somebody has looked into an emergency access, and what came of it. */
export function ReviewDialog({ access, onDone }: { access: EmergencyAccess; onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const { busy, failure, save } = useSaving();
  const missing = note.trim() === "" ? t("field.required") : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!missing && (await save(() => reviewEmergency(access.id, note.trim())))) onDone();
  };
  return (
    <Dialog
      isOpen onClose={onDone} title={t("admin.emergency.reviewTitle")}
      footer={
        <>
          <Button variant="ghost" onPress={onDone}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={FORM} unavailable={busy}>{t("admin.emergency.reviewAct")}</Button>
        </>
      }
    >
      <p><b>{access.fullName}</b>, {fullDateTime(access.startedAt, i18n.language)}</p>
      <blockquote className="quoted">{access.reason}</blockquote>
      <form id={FORM} className="grid gap-4" onSubmit={(event) => void submit(event)} noValidate>
        <NotSaved failure={failure} fields={["/note"]} />
        <TextArea label={t("admin.emergency.note")} hint={t("admin.emergency.noteHint")} value={note} onChange={setNote} rows={4} error={refusedField(t, failure, "/note") ?? (tried ? missing : undefined)} />
      </form>
    </Dialog>
  );
}
