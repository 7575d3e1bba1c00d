import { addMonths } from "date-fns";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { GrantScope } from "@/api/types";
import { Act } from "../../frame/Act";
import { EmailField } from "../../frame/EmailField";
import { emailProblem } from "../../frame/emails";
import { InputField } from "../../frame/Field";
import { Trouble } from "../../frame/Trouble";
import { useAct } from "../../frame/useAct";
import { Choice } from "./Choice";
import { inviteHelper, useGrantsChanged } from "./queries";

const SCOPES: readonly GrantScope[] = ["write", "read"];
/** Months until it ends; 0 is until the patient ends it. */
const SPANS = ["1", "3", "12", "0"] as const;

export interface InviteFormProps {
  onInvited: (email: string) => void;
  onCancel: () => void;
}

/** Asks a caregiver to help: who, how much, how long. */
export function InviteForm({ onInvited, onCancel }: InviteFormProps) {
  const { t } = useTranslation();
  const act = useAct();
  const changed = useGrantsChanged();
  const [fullName, setFullName] = useState("");
  const [email, setEmail] = useState("");
  const [scope, setScope] = useState<GrantScope>("write");
  const [span, setSpan] = useState<(typeof SPANS)[number]>("12");
  const [errors, setErrors] = useState<{ fullName?: string; email?: string }>({});
  const nameField = useRef<HTMLInputElement>(null);
  const emailField = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = { fullName: fullName.trim() ? undefined : t("invite.nameMissing"), email: email.trim() ? emailProblem(email, t) : t("invite.emailMissing") };
    setErrors(found);
    if (found.fullName) return nameField.current?.focus();
    if (found.email) return emailField.current?.focus();
    const to = email.trim();
    const expiresAt = span === "0" ? {} : { expiresAt: addMonths(new Date(), Number(span)).toISOString() };
    if (!(await act.run(() => inviteHelper({ email: to, fullName: fullName.trim(), relationship: "caregiver", scope, ...expiresAt })))) return;
    void changed();
    onInvited(to);
  };

  return (
    <form className="card stack" onSubmit={(event) => void submit(event)} noValidate>
      <div>
        <h2>{t("invite.heading")}</h2>
        <p className="muted">{t("invite.lede")}</p>
      </div>
      <Trouble error={act.error} known={{ forbidden: "invite.forbidden", validation_failed: "invite.refused", limit_reached: "invite.limit" }} />
      <InputField
        ref={nameField} label={t("invite.name")} error={errors.fullName} autoComplete="off" autoFocus maxLength={200}
        value={fullName} onChange={(event) => setFullName(event.target.value)}
      />
      <EmailField
        ref={emailField} label={t("invite.email")} hint={t("invite.emailHint")} error={errors.email} autoComplete="off" name="helper-email"
        value={email} onChange={(event) => setEmail(event.target.value)}
      />
      <Choice legend={t("invite.scope")} name="scope" value={scope} options={SCOPES} onChange={setScope} words={(id) => [t(`invite.scopes.${id}`), t(`invite.scopeHints.${id}`)]} />
      <Choice legend={t("invite.until")} name="until" value={span} options={SPANS} onChange={setSpan} words={(id) => [t(`invite.spans.${id}`)]} />
      <div className="send-row">
        <Act type="submit" unavailable={act.busy}>{t(act.busy ? "invite.sending" : "invite.send")}</Act>
        <Act variant="ghost" onClick={onCancel}>{t("confirmDialog.keep")}</Act>
      </div>
    </form>
  );
}
