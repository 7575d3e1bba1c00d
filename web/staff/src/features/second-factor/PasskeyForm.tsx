import { KeyRound } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { codePoints } from "@/domain/words";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import type { Attempt } from "../../app/useAttempt";
import { AttemptProblem } from "./AttemptProblem";

export const NAME_LIMIT = 60;

/** What a factor's name lacks, in words; undefined when it will do. */
export function useNameError(name: string): string | undefined {
  const { t } = useTranslation();
  const length = codePoints(name.trim());
  return length === 0 ? t("field.required") : length > NAME_LIMIT ? t("field.tooLong", { limit: NAME_LIMIT }) : undefined;
}

interface PasskeyFormProps {
  attempt: Attempt;
  onName: (name: string) => Promise<void>;
}

/** A name for the passkey, then the browser's own questions. */
export function PasskeyForm({ attempt, onName }: PasskeyFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(t("setup.thisDevice"));
  const error = useNameError(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!error) void attempt.run(() => onName(name.trim()));
  };
  return (
    <form className="sign__fields" onSubmit={submit} noValidate>
      <AttemptProblem attempt={attempt} />
      <TextField label={t("factor.name")} hint={t("factor.nameHint")} value={name} onChange={setName} error={error} autoComplete="off" autoFocus />
      <Button type="submit" variant="primary" size="lg" block icon={KeyRound} unavailable={attempt.busy || attempt.wait > 0}>
        {t(attempt.busy ? "factor.passkeyBusy" : "setup.makePasskey")}
      </Button>
    </form>
  );
}
