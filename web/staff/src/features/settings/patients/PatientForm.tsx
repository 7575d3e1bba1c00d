import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { PatientDetail } from "@/api/types";
import { newIdempotencyKey } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { DateField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { showToast } from "@/ui/toasts";
import { queryClient } from "../../../app/session";
import { createPatient, patientOptions, updatePatient } from "../../../data/admin/patients";
import { looksLikeEmail, NotSaved, rebased, refusedField, useSaving } from "../forms";
import { today } from "./patientWords";

const FORM = "patient";
const LANGUAGES = ["en", "es", "zh"] as const;
const EARLIEST = "1900-01-01";
const FIELDS = ["/fullName", "/mrn", "/birthDate", "/phone", "/email", "/language"];

const draftOf = (patient: PatientDetail | null) => ({
  fullName: patient?.fullName ?? "", mrn: patient?.mrn ?? "", birthDate: patient?.birthDate?.slice(0, 10) ?? null,
  phone: patient?.phone ?? "", email: patient?.email ?? "", language: patient?.language ?? "en",
});

/** Opens a patient's record or corrects it. */
export function PatientForm({ patient, onDone }: { patient: PatientDetail | null; onDone: (id: string | null) => void }) {
  const { t } = useTranslation();
  const [before, setBefore] = useState(patient);
  const [draft, setDraft] = useState(() => draftOf(patient));
  const [isPartial, setPartial] = useState(false);
  const [tried, setTried] = useState(false);
  const [wasChanged, setWasChanged] = useState(false);
  const [key] = useState(newIdempotencyKey);
  const { busy, failure, save, setFailure } = useSaving();
  const change = (part: Partial<typeof draft>) => {
    setDraft({ ...draft, ...part });
    setFailure(null);
  };
  const { birthDate, language } = draft;
  const languages = LANGUAGES.some((id) => id === language) ? LANGUAGES : [...LANGUAGES, language];
  const errors = {
    fullName: draft.fullName.trim() === "" ? t("field.required") : undefined,
    mrn: draft.mrn.trim() === "" ? t("field.required") : undefined,
    birthDate: isPartial || (birthDate !== null && (birthDate < EARLIEST || birthDate > today())) ? t("admin.patients.badBirthDate") : undefined,
    email: draft.email.trim() === "" || looksLikeEmail(draft.email) ? undefined : t("admin.refused.invalid"),
  };
  const shown = (name: keyof typeof errors) => refusedField(t, failure, `/${name}`) ?? (tried ? errors[name] : undefined);
  const store = async () => {
    const orNull = (text: string) => text.trim() || null;
    const input = { fullName: draft.fullName.trim(), mrn: draft.mrn.trim(), birthDate, phone: orNull(draft.phone), email: orNull(draft.email), language: draft.language };
    if (!before) return onDone(await createPatient(input, key));
    await updatePatient(before.id, before.version, input);
    onDone(null);
    showToast(t("admin.saved"));
  };
  const takeNewest = async (error: unknown) => {
    if (!before || !isProblem(error, "version_mismatch")) throw error;
    const newest = await queryClient.fetchQuery({ ...patientOptions(before.id), staleTime: 0 });
    setBefore(newest);
    setDraft(rebased(draftOf(before), draft, draftOf(newest)));
    setWasChanged(true);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setWasChanged(false);
    if (Object.values(errors).every((error) => error === undefined)) void save(() => store().catch(takeNewest));
  };
  const text = (name: "fullName" | "mrn" | "phone" | "email") => ({ value: draft[name], onChange: (value: string) => change({ [name]: value }), autoComplete: "off", spellCheck: false });
  return (
    <Dialog
      isOpen onClose={() => onDone(null)} title={t(patient ? "admin.patients.editTitle" : "admin.patients.newTitle")}
      footer={
        <>
          <Button variant="ghost" onPress={() => onDone(null)}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={FORM} unavailable={busy}>{t("save")}</Button>
        </>
      }
    >
      <form id={FORM} className="grid gap-4" onSubmit={submit} noValidate>
        {wasChanged && <Banner tone="info" live="alert">{t("admin.changedMeanwhile")}</Banner>}
        <NotSaved failure={failure} fields={FIELDS} />
        <TextField label={t("admin.patients.name")} {...text("fullName")} error={shown("fullName")} autoFocus />
        <div className="admin-pair">
          <TextField label={t("admin.patients.mrn")} {...text("mrn")} error={shown("mrn")} />
          <DateField label={t("admin.patients.birthDate")} value={birthDate} onChange={(date) => change({ birthDate: date })} onPartial={setPartial} error={shown("birthDate")} />
          <TextField label={t("patient.phone")} type="tel" {...text("phone")} error={refusedField(t, failure, "/phone")} />
          <Select label={t("patient.language")} value={language} options={languages.map((id) => ({ id, label: t(`domain.language.${id}`, { defaultValue: id }) }))} onChange={(next) => change({ language: next })} error={refusedField(t, failure, "/language")} />
        </div>
        <TextField label={t("patient.email")} hint={t("admin.patients.emailHint")} type="email" {...text("email")} error={shown("email")} />
      </form>
    </Dialog>
  );
}
