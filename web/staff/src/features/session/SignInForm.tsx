import { Building2 } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import { openResetPage } from "../../app/publicPage";
import type { SignedOutReason, SignInStart } from "../../app/session";
import { PasswordField } from "./PasswordField";
import { SignInProblem } from "./SignInProblem";
import { useArrivalFocus } from "./useArrivalFocus";
import { usePasswordStep, type OnDue } from "./usePasswordStep";
import { usePracticeName } from "./usePracticeName";

export interface SignInFormProps {
  reason?: SignedOutReason;
  start?: SignInStart;
  onDue: OnDue;
}

/** What was done well, rather than what went wrong. */
const GOOD: ReadonlySet<SignedOutReason> = new Set(["welcome", "new-password"]);

/** Practice, e-mail, password. Keeps none of them anywhere: the fields empty themselves with the page. */
export function SignInForm({ reason, start, onDue }: SignInFormProps) {
  const { t } = useTranslation();
  const [practice, setPractice] = useState(start?.practice ?? "");
  const [email, setEmail] = useState(start?.email ?? "");
  const step = usePasswordStep(practice, email, onDue);
  const practiceRef = useRef<HTMLInputElement>(null);
  const emailRef = useRef<HTMLInputElement>(null);
  useArrivalFocus(!start ? practiceRef : start.email ? step.passwordRef : emailRef);
  const name = usePracticeName(practice.trim().toLowerCase());
  const missing = (field: "email" | "password", value: string) => (step.tried && value.trim() === "" ? t(`signIn.missing.${field}`) : undefined);
  return (
    <>
      <div>
        <h1>{t("signIn.title")}</h1>
        <p className="muted mt-1">{name ? t("signIn.subtitleNamed", { name }) : t("signIn.subtitle")}</p>
      </div>
      <form className="sign__fields" onSubmit={(event) => void step.submit(event)} noValidate>
        {reason && !step.problem && <Banner tone={GOOD.has(reason) ? "success" : "info"} live="status">{t(`signIn.reason.${reason}`)}</Banner>}
        <SignInProblem problem={step.problem} wait={step.wait} />
        <TextField label={t("signIn.practice")} icon={Building2} value={practice} onChange={setPractice} autoComplete="organization" spellCheck="false" inputRef={practiceRef} />
        <TextField label={t("signIn.email")} type="email" value={email} onChange={setEmail} autoComplete="username" error={missing("email", email)} inputRef={emailRef} />
        <PasswordField label={t("signIn.password")} value={step.password} onChange={step.setPassword} autoComplete="current-password" error={missing("password", step.password)} inputRef={step.passwordRef} />
        <Button type="submit" variant="primary" size="lg" block unavailable={step.busy || step.wait > 0} className="mt-1">
          {t(step.busy ? "signIn.busy" : "signIn.submit")}
        </Button>
        <Button variant="ghost" className="sign__link" onPress={() => openResetPage({ practice, email })}>{t("signIn.forgot")}</Button>
      </form>
    </>
  );
}
