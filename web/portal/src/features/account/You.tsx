import { MailCheck } from "lucide-react";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Act } from "../../frame/Act";
import { EmailField } from "../../frame/EmailField";
import { emailProblem } from "../../frame/emails";
import { PasswordField } from "../../frame/PasswordField";
import { Trouble } from "../../frame/Trouble";
import { useAct } from "../../frame/useAct";
import { PhoneSentence } from "../../practice/PhoneSentence";
import { useMe } from "../../session/session";
import { changeEmail } from "./queries";

/** Name and e-mail. The practice corrects a name; an e-mail is its reader's own affair. */
export function You() {
  const { t } = useTranslation();
  const { account } = useMe();
  const [changing, setChanging] = useState(false);
  const [sentTo, setSentTo] = useState<string | null>(null);
  return (
    <section className="card stack">
      <h2>{t("account.you")}</h2>
      <dl className="own-facts">
        <div><dt>{t("account.name")}</dt><dd>{account.fullName}</dd></div>
        <div><dt>{t("account.email")}</dt><dd>{account.email}</dd></div>
      </dl>
      {sentTo && <Banner tone="info" icon={MailCheck} live="status"><b>{t("email.sent", { email: sentTo })}</b>{t("email.sentHint")}</Banner>}
      {changing ? (
        <EmailForm
          onCancel={() => setChanging(false)}
          onSent={(email) => {
            setChanging(false);
            setSentTo(email);
          }}
        />
      ) : (
        <div className="send-row"><Act variant="secondary" onClick={() => setChanging(true)}>{t("email.change")}</Act></div>
      )}
      <p className="muted"><PhoneSentence i18nKey="account.change" /></p>
    </section>
  );
}

function EmailForm({ onSent, onCancel }: { onSent: (email: string) => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<{ email?: string; password?: string }>({});
  const emailField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const wrong = isProblem(act.error, "invalid_credentials") ? t("password.currentWrong") : undefined;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = { email: emailProblem(email, t), password: password === "" ? t("signIn.passwordMissing") : undefined };
    setErrors(found);
    act.clear();
    if (found.email) return emailField.current?.focus();
    if (found.password) return passwordField.current?.focus();
    if (await act.run(() => changeEmail(email.trim(), password))) onSent(email.trim());
  };

  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      {!wrong && <Trouble error={act.error} known={{ validation_failed: "email.refused" }} />}
      <EmailField
        ref={emailField} label={t("email.new")} hint={t("email.newHint")} error={errors.email} autoComplete="email" autoFocus
        value={email} onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordField
        ref={passwordField} label={t("password.current")} error={errors.password ?? wrong}
        value={password} onChange={(event) => setPassword(event.target.value)}
      />
      <div className="send-row">
        <Act type="submit" unavailable={act.busy}>{t(act.busy ? "email.sending" : "email.send")}</Act>
        <Act variant="ghost" onClick={onCancel}>{t("confirmDialog.keep")}</Act>
      </div>
    </form>
  );
}
