import { MailCheck } from "lucide-react";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Act } from "../../frame/Act";
import { EmailField } from "../../frame/EmailField";
import { emailProblem } from "../../frame/emails";
import { PageHeading } from "../../frame/PageHeading";
import { StatePanel } from "../../frame/StatePage";
import { Trouble } from "../../frame/Trouble";
import { useAct } from "../../frame/useAct";
import { usePractice } from "../../practice/practices";
import { askReset } from "./queries";

/** "Forgot your password?": where to send the link. What comes then is the same for everybody. */
export function AskReset() {
  const { t } = useTranslation();
  const { slug } = usePractice();
  const act = useAct();
  const [email, setEmail] = useState("");
  const [error, setError] = useState<string>();
  const [sent, setSent] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const problem = emailProblem(email, t);
    setError(problem);
    if (problem) return field.current?.focus();
    if (await act.run(() => askReset(slug, email.trim()))) setSent(true);
  };

  if (sent)
    return (
      <div className="card">
        <StatePanel icon={MailCheck} level={1} title={t("reset.sent")} hint={t("reset.sentHint", { email: email.trim() })}>
          <Act variant="secondary" onClick={() => setSent(false)}>{t("reset.again")}</Act>
        </StatePanel>
      </div>
    );
  return (
    <form className="card" onSubmit={(event) => void submit(event)} noValidate>
      <div>
        <PageHeading>{t("reset.heading")}</PageHeading>
        <p className="lede">{t("reset.lede")}</p>
      </div>
      <Trouble error={act.error} />
      <EmailField ref={field} label={t("signIn.email")} error={error} value={email} onChange={(event) => setEmail(event.target.value)} />
      <Act type="submit" block unavailable={act.busy}>{t(act.busy ? "reset.asking" : "reset.ask")}</Act>
    </form>
  );
}
