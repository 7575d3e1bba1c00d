import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { newIdempotencyKey } from "@/api/client";
import type { Role } from "@/api/types";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { Dialog } from "@/ui/Dialog";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { showToast } from "@/ui/toasts";
import { inviteUser } from "../../../data/admin/users";
import { teamsOptions } from "../../../data/people";
import { looksLikeEmail, NotSaved, refusedField, useSaving } from "../forms";
import { ROLES } from "./userWords";

const FORM = "invite-user";

/** Invites a colleague by mail. */
export function InviteUser({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { data: teams = [] } = useQuery(teamsOptions());
  const [email, setEmail] = useState("");
  const [fullName, setFullName] = useState("");
  const [title, setTitle] = useState("");
  const [role, setRole] = useState<Role | null>(null);
  const [teamIds, setTeamIds] = useState<string[]>([]);
  const [tried, setTried] = useState(false);
  const [key] = useState(newIdempotencyKey);
  const { busy, failure, save, setFailure } = useSaving();
  const missing = {
    email: email.trim() === "" ? t("field.required") : looksLikeEmail(email) ? undefined : t("admin.refused.invalid"),
    fullName: fullName.trim() === "" ? t("field.required") : undefined,
    role: role === null ? t("field.required") : undefined,
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (role === null || missing.email || missing.fullName) return;
    const done = await save(async () => {
      await inviteUser({ email: email.trim(), fullName: fullName.trim(), title: title.trim() || undefined, role, teamIds }, key);
    });
    if (!done) return;
    onDone();
    showToast(t("admin.users.invited"));
  };
  const change = (set: (text: string) => void) => (text: string) => {
    set(text);
    setFailure(null);
  };
  return (
    <Dialog
      isOpen onClose={onDone} title={t("admin.users.inviteTitle")}
      footer={
        <>
          <Button variant="ghost" onPress={onDone}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={FORM} unavailable={busy}>{t("admin.users.inviteAct")}</Button>
        </>
      }
    >
      <p className="muted">{t("admin.users.inviteText")}</p>
      <form id={FORM} className="grid gap-4" onSubmit={(event) => void submit(event)} noValidate>
        <NotSaved failure={failure} fields={["/email", "/fullName", "/title"]} />
        <TextField label={t("admin.users.email")} type="email" value={email} onChange={change(setEmail)} error={refusedField(t, failure, "/email") ?? (tried ? missing.email : undefined)} autoFocus autoComplete="off" spellCheck={false} />
        <TextField label={t("admin.users.name")} value={fullName} onChange={change(setFullName)} error={refusedField(t, failure, "/fullName") ?? (tried ? missing.fullName : undefined)} autoComplete="off" />
        <TextField label={t("admin.users.title")} hint={t("admin.users.titleHint")} value={title} onChange={change(setTitle)} error={refusedField(t, failure, "/title")} autoComplete="off" />
        <Select label={t("admin.users.role")} value={role} placeholder={t("admin.users.chooseRole")} options={ROLES.map((id) => ({ id, label: t(`domain.role.${id}`) }))} onChange={(id) => setRole(id as Role)} error={tried ? missing.role : undefined} />
        {teams.length > 0 && role !== "auditor" && (
          <fieldset className="choices-box">
            <legend className="field__label">{t("teams.title")}</legend>
            <div>
              {teams.map(({ id, name }) => (
                <Checkbox key={id} isSelected={teamIds.includes(id)} onChange={(on) => setTeamIds(on ? [...teamIds, id] : teamIds.filter((other) => other !== id))}>{name}</Checkbox>
              ))}
            </div>
          </fieldset>
        )}
      </form>
    </Dialog>
  );
}
