import { CircleCheck, Eye, EyeOff, LogOut } from "lucide-react";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Banner } from "@/ui/Banner";
import { Act } from "../../frame/Act";
import { InputField } from "../../frame/Field";
import { PageHeading } from "../../frame/PageHeading";
import { signIn, type OutReason } from "../../session/session";
import { FirstSteps } from "./FirstSteps";
import { signInProblem, type SignInProblem } from "./signInProblem";

interface Errors {
  email?: string;
  password?: string;
}

/** E-mail and password. Nothing is remembered by the page. */
export function SignInForm({ practice, reason }: { practice: string; reason: OutReason }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Errors>({});
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const emailField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);

  const check = (): Errors => ({
    email: !email.trim() ? t("signIn.emailMissing") : !/^\S+@\S+$/.test(email.trim()) ? t("signIn.emailInvalid") : undefined,
    password: password === "" ? t("signIn.passwordMissing") : undefined,
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const found = check();
    setErrors(found);
    setProblem(null);
    if (found.email) return emailField.current?.focus();
    if (found.password) return passwordField.current?.focus();
    setBusy(true);
    try {
      await signIn(practice, email.trim(), password);
    } catch (error) {
      setProblem(signInProblem(error, t));
      setPassword("");
      passwordField.current?.focus();
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="card" onSubmit={(event) => void submit(event)} noValidate>
      <div>
        <PageHeading>{t("signIn.heading")}</PageHeading>
        <p className="lede">{t("signIn.lede")}</p>
      </div>
      {!problem && <Notice reason={reason} />}
      {problem && <Banner tone="danger" live="alert"><b>{problem.title}</b>{problem.hint}</Banner>}
      <InputField
        label={t("signIn.email")} error={errors.email} ref={emailField} type="email" name="email" inputMode="email"
        autoComplete="username" autoCapitalize="none" spellCheck={false}
        value={email} onChange={(event) => setEmail(event.target.value)}
      />
      <InputField
        label={t("signIn.password")} error={errors.password} ref={passwordField} name="password"
        type={shown ? "text" : "password"} autoComplete="current-password" autoCapitalize="none" spellCheck={false}
        value={password} onChange={(event) => setPassword(event.target.value)}
        aside={
          <Act
            variant="ghost" size="sm" className="show-password" icon={shown ? EyeOff : Eye}
            aria-label={t(shown ? "signIn.hidePassword" : "signIn.showPassword")} onClick={() => setShown(!shown)}
          >
            {t(shown ? "signIn.hide" : "signIn.show")}
          </Act>
        }
      />
      <Act type="submit" block unavailable={busy}>{t(busy ? "signIn.submitting" : "signIn.submit")}</Act>
      <FirstSteps />
    </form>
  );
}

/** Why the reader sees this page: signed out by time, or by their own wish. */
function Notice({ reason }: { reason: OutReason }) {
  const { t } = useTranslation();
  switch (reason) {
    case "none":
      return null;
    case "expired":
      return <Banner tone="info" icon={LogOut} live="status"><b>{t("signIn.expired")}</b>{t("signIn.expiredHint")}</Banner>;
    case "signed-out":
      return <Banner tone="success" icon={CircleCheck} live="status"><b>{t("signIn.signedOut")}</b>{t("signIn.signedOutHint")}</Banner>;
  }
}
