import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import type { Attempt } from "../../app/useAttempt";
import { AttemptProblem } from "./AttemptProblem";
import { CODE_DIGITS, CodeField } from "./CodeField";

interface CodeFormProps {
  kind: "totp" | "recovery_code";
  attempt: Attempt;
  submit: string;
  onCode: (code: string) => Promise<void>;
  hint?: string;
  /** False where there is something to read first. */
  autoFocus?: boolean;
}

/** A code of the app, or one of those that were kept. A wrong one is said at its field. */
export function CodeForm({ kind, attempt, submit, onCode, hint, autoFocus = true }: CodeFormProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const digits = kind === "totp";
  const complete = digits ? code.length === CODE_DIGITS : code.trim() !== "";
  const wrong = isProblem(attempt.problem, "invalid_code") && (code === "" || !digits);
  const error = wrong ? t(`factor.wrong.${kind}`) : tried && !complete ? t(`factor.incomplete.${kind}`) : undefined;
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(!complete);
    if (complete) {
      await attempt.run(() => onCode(code.trim()));
      // Six digits are quicker typed anew than mended; a long code is not.
      if (digits) setCode("");
    }
    field.current?.focus();
  };
  const change = (next: string) => {
    setCode(next);
    setTried(false);
  };
  return (
    <form className="sign__fields" onSubmit={(event) => void onSubmit(event)} noValidate>
      <AttemptProblem attempt={attempt} except={["invalid_code"]} />
      {digits ? (
        <CodeField value={code} onChange={change} error={error} hint={hint} inputRef={field} autoFocus={autoFocus} />
      ) : (
        <TextField label={t("factor.recoveryCode")} hint={hint} value={code} onChange={change} error={error} inputRef={field} autoComplete="off" spellCheck="false" autoFocus={autoFocus} />
      )}
      <Button type="submit" variant="primary" size="lg" block unavailable={attempt.busy || attempt.wait > 0}>{submit}</Button>
    </form>
  );
}
