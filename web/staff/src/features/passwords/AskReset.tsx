import { Building2 } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import type { SignInStart } from "../../app/session";
import { useAttempt } from "../../app/useAttempt";
import { requestReset } from "../../data/passwords";
import { AttemptProblem } from "../second-factor/AttemptProblem";
import { ToSignIn } from "./LinkStates";

/** Asks for a link. **Invariant:** what it answers never tells whether there is such an account. */
export function AskReset({ start }: { start?: SignInStart }) {
  const { t } = useTranslation();
  const [practice, setPractice] = useState(start?.practice ?? "");
  const [email, setEmail] = useState(start?.email ?? "");
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState(false);
  const attempt = useAttempt();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (email.trim() === "") return;
    void attempt.run(async () => {
      await requestReset(practice.trim().toLowerCase(), email.trim());
      setAsked(true);
    });
  };
  if (asked)
    return (
      <>
        <h1>{t("reset.askedTitle")}</h1>
        <Banner tone="success" live="status">{t("reset.asked")}</Banner>
        <p className="muted">{t("reset.askedMore")}</p>
        <ToSignIn />
      </>
    );
  return (
    <>
      <div>
        <h1>{t("reset.title")}</h1>
        <p className="muted mt-1">{t("reset.text")}</p>
      </div>
      <form className="sign__fields" onSubmit={submit} noValidate>
        <AttemptProblem attempt={attempt} />
        <TextField label={t("signIn.practice")} icon={Building2} value={practice} onChange={setPractice} autoComplete="organization" spellCheck="false" autoFocus={!start?.practice} />
        <TextField label={t("signIn.email")} type="email" value={email} onChange={setEmail} autoComplete="username" error={tried && email.trim() === "" ? t("signIn.missing.email") : undefined} autoFocus={Boolean(start?.practice)} />
        <Button type="submit" variant="primary" size="lg" block unavailable={attempt.busy || attempt.wait > 0}>{t("reset.ask")}</Button>
      </form>
      <ToSignIn />
    </>
  );
}
