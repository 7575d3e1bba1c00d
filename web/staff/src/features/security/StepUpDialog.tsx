import "../../account.css";
import "../../words/account";
import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { StepUpMethod } from "@/api/types";
import { isProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { useMe } from "../../app/session";
import { useAttempt } from "../../app/useAttempt";
import { stepUpBy, stepUpByPasskey, stepUpMethods } from "../../data/account";
import { hasPasskeys } from "@/api/passkeys";
import { AttemptProblem } from "../second-factor/AttemptProblem";
import { CodeForm } from "../second-factor/CodeForm";
import { AccountHint } from "../session/AccountHint";
import { PasswordField } from "../session/PasswordField";
import { Answer } from "./Section";

interface ByProps {
  onShown: () => void;
}

function ByPassword({ onShown }: ByProps) {
  const { t } = useTranslation();
  const { user } = useMe();
  const attempt = useAttempt();
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const wrong = isProblem(attempt.problem, "invalid_code", "invalid_credentials") && password === "";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(password === "");
    if (password !== "")
      await attempt.run(async () => {
        await stepUpBy({ method: "password", password });
        onShown();
      });
    setPassword("");
    field.current?.focus();
  };
  return (
    <form className="sign__fields" onSubmit={(event) => void submit(event)} noValidate>
      <AttemptProblem attempt={attempt} except={["invalid_code", "invalid_credentials"]} />
      <AccountHint email={user.email} />
      <PasswordField label={t("signIn.password")} value={password} onChange={setPassword} autoComplete="current-password" error={wrong ? t("security.wrongPassword") : tried ? t("signIn.missing.password") : undefined} inputRef={field} autoFocus />
      <Button type="submit" variant="primary" size="lg" block unavailable={attempt.busy || attempt.wait > 0}>{t("stepUp.confirm")}</Button>
    </form>
  );
}

function ByCode({ onShown }: ByProps) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const onCode = async (code: string) => {
    await stepUpBy({ method: "totp", code });
    onShown();
  };
  return <CodeForm kind="totp" attempt={attempt} submit={t("stepUp.confirm")} hint={t("factor.text.totp")} onCode={onCode} />;
}

function ByPasskey({ onShown }: ByProps) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const use = () =>
    attempt.run(async () => {
      await stepUpByPasskey();
      onShown();
    });
  return (
    <div className="sign__fields">
      <AttemptProblem attempt={attempt} />
      <Button variant="primary" size="lg" block icon={KeyRound} autoFocus unavailable={attempt.busy || attempt.wait > 0} onPress={() => void use()}>{t(attempt.busy ? "factor.passkeyBusy" : "factor.usePasskey")}</Button>
    </div>
  );
}

const WAYS = { password: ByPassword, totp: ByCode, passkey: ByPasskey } satisfies Record<StepUpMethod, unknown>;

function Ways({ methods, onShown }: ByProps & { methods: StepUpMethod[] }) {
  const { t } = useTranslation();
  const usable = methods.filter((method) => method !== "passkey" || hasPasskeys());
  const [method, setMethod] = useState(usable[0] ?? "password");
  const By = WAYS[method];
  return (
    <>
      <By onShown={onShown} />
      {usable.filter((other) => other !== method).map((other) => (
        <Button key={other} block onPress={() => setMethod(other)}>{t(`stepUp.by.${other}`)}</Button>
      ))}
    </>
  );
}

/** Asks whoever sits there to show that they are who signed in; the act that wants it waits behind. */
export default function StepUpDialog({ onAnswer }: { onAnswer: (shown: boolean) => void }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ["account", "step-up"], queryFn: stepUpMethods, gcTime: 0, staleTime: Infinity });
  return (
    <Dialog isOpen onClose={() => onAnswer(false)} title={t("stepUp.title")} className="dialog--narrow" footer={<Button variant="ghost" onPress={() => onAnswer(false)}>{t("cancel")}</Button>}>
      <p className="muted">{t("stepUp.text")}</p>
      <Answer query={query}>{({ methods }) => <Ways methods={methods} onShown={() => onAnswer(true)} />}</Answer>
    </Dialog>
  );
}
