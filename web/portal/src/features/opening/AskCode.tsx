import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Act } from "../../frame/Act";
import { birthDateOf } from "../../frame/birthDates";
import { BirthDateFields } from "../../frame/BirthDateFields";
import { EmailField } from "../../frame/EmailField";
import { emailProblem } from "../../frame/emails";
import { PageHeading } from "../../frame/PageHeading";
import { Trouble } from "../../frame/Trouble";
import { useAct } from "../../frame/useAct";
import { usePractice } from "../../practice/practices";
import type { Said } from "./OpenAccount";
import { beginActivation } from "./queries";

export interface AskCodeProps {
  said: Said;
  onSay: (said: Said) => void;
  /** An earlier code can no longer be used. */
  ended: boolean;
  onAsked: (token: string) => void;
}

/** The e-mail on file and the birth date. */
export function AskCode({ said, onSay, ended, onAsked }: AskCodeProps) {
  const { t } = useTranslation();
  const { slug, name } = usePractice();
  const act = useAct();
  const [errors, setErrors] = useState<{ email?: string; birthDate?: string }>({});
  const emailField = useRef<HTMLInputElement>(null);
  const dateField = useRef<HTMLElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const written = birthDateOf(said.birthDate);
    const email = emailProblem(said.email, t);
    setErrors({ email, birthDate: "problem" in written ? t(`birth.problem.${written.problem}`) : undefined });
    if (email) return emailField.current?.focus();
    if ("problem" in written) return dateField.current?.focus();
    await act.run(async () => onAsked((await beginActivation(slug, said.email.trim(), written.date)).activationToken));
  };

  return (
    <form className="card" onSubmit={(event) => void submit(event)} noValidate>
      <div>
        <PageHeading>{t("open.heading")}</PageHeading>
        <p className="lede">{t("open.lede", { practice: name })}</p>
      </div>
      {ended && !act.error && <Banner tone="info" live="status"><b>{t("open.ended")}</b>{t("open.endedHint")}</Banner>}
      <Trouble error={act.error} known={{ validation_failed: "open.refused", forbidden: "open.closed", not_found: "open.closed" }} />
      <EmailField
        ref={emailField} label={t("open.email")} hint={t("open.emailHint")} error={errors.email} autoComplete="email"
        value={said.email} onChange={(event) => onSay({ ...said, email: event.target.value })}
      />
      <BirthDateFields
        ref={dateField} value={said.birthDate} error={errors.birthDate} onChange={(birthDate) => onSay({ ...said, birthDate })}
      />
      <Act type="submit" block unavailable={act.busy}>{t(act.busy ? "open.asking" : isProblem(act.error) ? "app.tryAgain" : "open.ask")}</Act>
    </form>
  );
}
