import { CircleCheck, LogOut } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import type { SecondFactorDue } from "@/api/types";
import { useT } from "@/i18n/useT";
import { Banner } from "@/ui/Banner";
import { Act } from "../../frame/Act";
import { InputField } from "../../frame/Field";
import { PageHeading } from "../../frame/PageHeading";
import { PasswordField } from "../../frame/PasswordField";
import { handedOver, handoverTaken, type HandoverNews } from "../../session/handover";
import { signIn, type OutReason } from "../../session/session";
import { FirstSteps } from "./FirstSteps";
import { signInProblem, type SignInProblem } from "./signInProblem";

interface Errors {
  email?: string;
  password?: string;
}

export interface SignInFormProps {
  practice: string;
  reason: OutReason;
  /** The e-mail of a sign-in that came back to its start, and why. */
  again?: { email: string; problem: SignInProblem | null };
  /** The password was right, and the account wants more. */
  onDue: (due: SecondFactorDue, email: string) => void;
}

/** E-mail and password. Nothing is remembered by the page. */
export function SignInForm({ practice, reason, again, onDue }: SignInFormProps) {
  const { t } = useT();
  const [handed] = useState(handedOver);
  const [email, setEmail] = useState(again?.email ?? handed.email ?? "");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Errors>({});
  const [problem, setProblem] = useState<SignInProblem | null>(again?.problem ?? null);
  const emailField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  useEffect(handoverTaken, []);

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
      const due = await signIn(practice, email.trim(), password);
      if (due) onDue(due, email.trim());
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
      {!problem && <Notice reason={reason} news={handed.news} />}
      {problem && <Banner tone="danger" live="alert"><b>{problem.title}</b>{problem.hint}</Banner>}
      <InputField
        label={t("signIn.email")} error={errors.email} ref={emailField} type="email" name="email" inputMode="email"
        autoComplete="username" autoCapitalize="none" spellCheck={false}
        value={email} onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordField
        label={t("signIn.password")} error={errors.password} ref={passwordField}
        value={password} onChange={(event) => setPassword(event.target.value)}
      />
      <Act type="submit" block unavailable={busy}>{t(busy ? "signIn.submitting" : "signIn.submit")}</Act>
      <FirstSteps />
    </form>
  );
}

/** Why the reader sees this page: by what they just did, by time, or by their own wish. */
function Notice({ reason, news }: { reason: OutReason; news?: HandoverNews }) {
  const { t } = useT();
  if (news) return <Banner tone="success" live="status"><b>{t(`news.${news}`)}</b>{t(`news.${news}Hint`)}</Banner>;
  switch (reason) {
    case "none":
      return null;
    case "expired":
      return <Banner tone="info" icon={LogOut} live="status"><b>{t("signIn.expired")}</b>{t("signIn.expiredHint")}</Banner>;
    case "signed-out":
      return <Banner tone="success" icon={CircleCheck} live="status"><b>{t("signIn.signedOut")}</b>{t("signIn.signedOutHint")}</Banner>;
  }
}
