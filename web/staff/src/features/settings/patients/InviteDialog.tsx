import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { newIdempotencyKey } from "@/api/client";
import type { NewInvitation, PatientDetail, Relationship } from "@/api/types";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Segmented } from "@/ui/Segmented";
import { TextField } from "@/ui/TextField";
import { showToast } from "@/ui/toasts";
import { invitePatient } from "../../../data/admin/patients";
import { looksLikeEmail, NotSaved, refusedField, useSaving } from "../forms";
import { GrantFields, useGrantError, type Grant } from "./grantFields";
import { endOfDay } from "./patientWords";

const FORM = "invite-patient";
const FIELDS = ["/email", "/fullName", "/expiresAt", "/relationship"];

interface InviteDialogProps {
  patient: PatientDetail;
  majority?: string;
  onDone: () => void;
}

/** Invites the patient, or somebody who acts for them, to the portal. */
export function InviteDialog({ patient, majority, onDone }: InviteDialogProps) {
  const { t } = useTranslation();
  const hasOwn = patient.accounts.some(({ relationship }) => relationship === "self");
  const [relationship, setRelationship] = useState<Relationship>(hasOwn ? "guardian" : "self");
  const [emails, setEmails] = useState({ own: patient.email ?? "", proxy: "" });
  const [fullName, setFullName] = useState("");
  const [grant, setGrant] = useState<Grant>({ scope: "write", until: null });
  const [isPartial, setPartial] = useState(false);
  const [tried, setTried] = useState(false);
  const [key] = useState(newIdempotencyKey);
  const { busy, failure, save, setFailure } = useSaving();
  const isOwn = relationship === "self";
  const email = (isOwn ? emails.own : emails.proxy).trim();
  const grantError = useGrantError()(grant, relationship, isPartial, majority);
  const errors = {
    email: email === "" ? t("field.required") : looksLikeEmail(email) ? undefined : t("admin.refused.invalid"),
    fullName: !isOwn && fullName.trim() === "" ? t("field.required") : undefined,
    grant: isOwn ? undefined : grantError,
  };
  const refusedEmail = isProblem(failure) && failure.fieldCode("/email") === "taken" ? t("admin.invite.addressOfAnother") : refusedField(t, failure, "/email");
  const wrongPerson = isProblem(failure) ? failure.fieldCode("/relationship") : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.values(errors).some(Boolean)) return;
    const proxy: Partial<NewInvitation> = { fullName: fullName.trim(), scope: grant.scope, expiresAt: grant.until ? endOfDay(grant.until) : undefined };
    if (!(await save(() => invitePatient(patient.id, { relationship, email, ...(isOwn ? {} : proxy) }, key)))) return;
    onDone();
    showToast(t("admin.invite.done"));
  };
  const choose = (next: Relationship) => {
    setRelationship(next);
    setFailure(null);
  };
  return (
    <Dialog
      isOpen onClose={onDone} title={t("admin.invite.title")}
      footer={
        <>
          <Button variant="ghost" onPress={onDone}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={FORM} unavailable={busy}>{t("admin.invite.act")}</Button>
        </>
      }
    >
      <form id={FORM} className="grid gap-4" onSubmit={(event) => void submit(event)} noValidate>
        <NotSaved failure={failure} fields={FIELDS} />
        {wrongPerson && <Banner tone="danger" live="alert"><b>{t("admin.notSaved")}</b> {t(`admin.invite.not.${wrongPerson}`, { defaultValue: t("admin.refused.other") })}</Banner>}
        <Segmented label={t("admin.invite.whom")} value={relationship} onChange={choose} options={(["self", "guardian", "caregiver"] as const).map((id) => ({ id, label: t(`admin.invite.as.${id}`) }))} />
        <p className="muted">{t(`admin.invite.about.${relationship}`)}</p>
        <TextField
          label={t("patient.email")} type="email" value={isOwn ? emails.own : emails.proxy} autoComplete="off" spellCheck={false}
          hint={isOwn && patient.email ? t("admin.invite.fromRecord") : undefined}
          onChange={(next) => setEmails(isOwn ? { ...emails, own: next } : { ...emails, proxy: next })} error={refusedEmail ?? (tried ? errors.email : undefined)}
        />
        {!isOwn && <TextField label={t("admin.invite.theirName")} value={fullName} onChange={setFullName} autoComplete="off" error={refusedField(t, failure, "/fullName") ?? (tried ? errors.fullName : undefined)} />}
        {!isOwn && <GrantFields key={relationship} relationship={relationship} grant={grant} onChange={setGrant} majority={majority} onPartial={setPartial} error={refusedField(t, failure, "/expiresAt") ?? (tried ? grantError : undefined)} />}
      </form>
    </Dialog>
  );
}
