import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import type { Attempt } from "../../app/useAttempt";
import { AttemptProblem } from "../second-factor/AttemptProblem";
import { AccountHint } from "../session/AccountHint";
import { NewPasswordField } from "./NewPasswordField";
import { faultOf, refusedFault } from "./rules";

interface NewPasswordFormProps {
  minimumLength: number;
  email?: string;
  submit: string;
  attempt: Attempt;
  onPassword: (password: string) => Promise<void>;
}

/** A new password for whom a mail's link belongs to. */
export function NewPasswordForm({ minimumLength, email, submit, attempt, onPassword }: NewPasswordFormProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const own = tried === password ? faultOf(password, minimumLength, email) : null;
  const refused = tried === password ? refusedFault(attempt.problem, "/password") : null;
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(password);
    if (!faultOf(password, minimumLength, email)) await attempt.run(() => onPassword(password));
    field.current?.focus();
  };
  return (
    <form className="sign__fields" onSubmit={(event) => void onSubmit(event)} noValidate>
      {!isProblem(attempt.problem, "validation_failed") && <AttemptProblem attempt={attempt} />}
      {email && <AccountHint email={email} />}
      <NewPasswordField value={password} onChange={setPassword} minimumLength={minimumLength} email={email} fault={refused ?? own} inputRef={field} autoFocus />
      <Button type="submit" variant="primary" size="lg" block unavailable={attempt.busy || attempt.wait > 0}>
        {attempt.busy ? t("newPassword.busy") : submit}
      </Button>
    </form>
  );
}
