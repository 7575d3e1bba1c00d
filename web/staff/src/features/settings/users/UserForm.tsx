import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import type { Role, StaffAccount } from "@/api/types";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { showToast } from "@/ui/toasts";
import { queryClient } from "../../../app/session";
import { updateUser, userOptions } from "../../../data/admin/users";
import { isChanged, looksLikeEmail, NotSaved, rebased, refusedField, useSaving } from "../forms";
import { ROLES } from "./userWords";

const draftOf = ({ fullName, title, email, role }: StaffAccount) => ({ fullName, title: title ?? "", email, role });

/** A colleague's name, title, address and role. */
export function UserForm({ user }: { user: StaffAccount }) {
  const { t } = useTranslation();
  const [before, setBefore] = useState(user);
  const [draft, setDraft] = useState(() => draftOf(user));
  const [wasChanged, setWasChanged] = useState(false);
  const { busy, failure, save, setFailure } = useSaving();
  // What another act on this page moved, such as the state, is no conflict.
  if (before.version !== user.version) {
    setBefore(user);
    setDraft(rebased(draftOf(before), draft, draftOf(user)));
  }
  const change = (part: Partial<typeof draft>) => {
    setDraft({ ...draft, ...part });
    setFailure(null);
  };
  const dirty = isChanged(draftOf(before), draft);
  const errors = {
    fullName: draft.fullName.trim() === "" ? t("field.required") : undefined,
    email: looksLikeEmail(draft.email) ? undefined : t("admin.refused.invalid"),
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!dirty || errors.fullName || errors.email) return;
    setWasChanged(false);
    await save(async () => {
      try {
        const saved = await updateUser(before, { ...draft, fullName: draft.fullName.trim(), title: draft.title.trim() || null, email: draft.email.trim() });
        setBefore(saved);
        setDraft(draftOf(saved));
        showToast(t("admin.saved"));
      } catch (error) {
        if (!isProblem(error, "version_mismatch")) throw error;
        await queryClient.refetchQueries(userOptions(user.id));
        setWasChanged(true);
      }
    });
  };
  return (
    <form className="card-item admin-form" onSubmit={(event) => void submit(event)} noValidate>
      {wasChanged && <Banner tone="info" live="alert">{t("admin.changedMeanwhile")}</Banner>}
      <NotSaved failure={failure} fields={["/fullName", "/title", "/email"]} />
      <div className="admin-pair">
        <TextField label={t("admin.users.name")} value={draft.fullName} onChange={(fullName) => change({ fullName })} error={refusedField(t, failure, "/fullName") ?? errors.fullName} autoComplete="off" />
        <TextField label={t("admin.users.title")} value={draft.title} onChange={(title) => change({ title })} error={refusedField(t, failure, "/title")} autoComplete="off" />
        <TextField label={t("admin.users.email")} type="email" value={draft.email} onChange={(email) => change({ email })} error={refusedField(t, failure, "/email") ?? (dirty ? errors.email : undefined)} autoComplete="off" spellCheck={false} />
        <Select label={t("admin.users.role")} value={draft.role} options={ROLES.map((id) => ({ id, label: t(`domain.role.${id}`) }))} onChange={(role) => change({ role: role as Role })} />
      </div>
      <div className="admin-form__foot">
        {dirty && <Button variant="ghost" onPress={() => change(draftOf(before))}>{t("admin.undoChanges")}</Button>}
        <Button variant="primary" type="submit" unavailable={busy || !dirty}>{t("save")}</Button>
      </div>
    </form>
  );
}
