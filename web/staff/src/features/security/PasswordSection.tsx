import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Factors } from "@/api/types";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { useMe } from "../../app/session";
import { useAttempt } from "../../app/useAttempt";
import { changePassword, factorsOptions } from "../../data/account";
import { NewPasswordField } from "../passwords/NewPasswordField";
import { faultOf, refusedFault } from "../passwords/rules";
import { AttemptProblem } from "../second-factor/AttemptProblem";
import { AccountHint } from "../session/AccountHint";
import { PasswordField } from "../session/PasswordField";
import { Answer, Section } from "./Section";

/** A password alone must be longer than one that a second factor stands beside. */
const LEAST = { alone: 15, beside: 12 };
const AT_FIELD = ["invalid_credentials", "validation_failed"];

interface PasswordProps {
  /** How often somebody wanted to let the password stand alone that is too short for it. */
  longerAsked: number;
}

function PasswordForm({ minimumLength, longerAsked }: PasswordProps & { minimumLength: number }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const attempt = useAttempt();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [tried, setTried] = useState<string | null>(null);
  const [changed, setChanged] = useState(false);
  const currentField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (longerAsked > 0) currentField.current?.focus();
  }, [longerAsked]);
  const wrong = isProblem(attempt.problem, "invalid_credentials") && current === "";
  const missing = tried !== null && current === "";
  const fault = tried === next ? (refusedFault(attempt.problem, "/newPassword") ?? faultOf(next, minimumLength, user.email)) : null;
  const change = async () => {
    await changePassword(current, next);
    setNext("");
    setTried(null);
    setChanged(true);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(next);
    setChanged(false);
    if (current === "" || faultOf(next, minimumLength, user.email)) return;
    await attempt.run(change);
    // Whatever became of it: the old one is not left standing in a field.
    setCurrent("");
    currentField.current?.focus();
  };
  return (
    <form className="card-item" onSubmit={(event) => void submit(event)} noValidate>
      {longerAsked > 0 && !changed && <Banner tone="info" live="status">{t("security.longer", { least: minimumLength })}</Banner>}
      {changed && <Banner tone="success" live="status">{t("security.passwordChanged")}</Banner>}
      <AttemptProblem attempt={attempt} except={AT_FIELD} />
      <AccountHint email={user.email} />
      <PasswordField label={t("security.currentPassword")} value={current} onChange={setCurrent} autoComplete="current-password" error={wrong ? t("security.wrongPassword") : missing ? t("signIn.missing.password") : undefined} inputRef={currentField} />
      <NewPasswordField value={next} onChange={setNext} minimumLength={minimumLength} email={user.email} fault={fault} />
      <div className="card-item__foot">
        <Button type="submit" unavailable={attempt.busy || attempt.wait > 0}>{t(attempt.busy ? "newPassword.busy" : "security.changePassword")}</Button>
      </div>
    </form>
  );
}

const leastOf = ({ factors }: Factors, standsAlone: boolean) => (standsAlone || factors.length === 0 ? LEAST.alone : LEAST.beside);

/** A new password in place of the old one. */
export function PasswordSection({ longerAsked }: PasswordProps) {
  const { t } = useTranslation();
  const query = useQuery(factorsOptions());
  return (
    <Section title={t("security.password")} text={t("security.passwordText")}>
      <Answer query={query}>{(factors) => <PasswordForm minimumLength={leastOf(factors, longerAsked > 0)} longerAsked={longerAsked} />}</Answer>
    </Section>
  );
}
