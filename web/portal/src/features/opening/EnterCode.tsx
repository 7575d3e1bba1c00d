import { MailCheck } from "lucide-react";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Act } from "../../frame/Act";
import { birthDateOf } from "../../frame/birthDates";
import { CodeField, digitsOf } from "../../frame/CodeField";
import { NewPasswordField, newPasswordProblem, refusedPassword } from "../../frame/NewPasswordField";
import { PageHeading } from "../../frame/PageHeading";
import { Trouble } from "../../frame/Trouble";
import { UsernameForManagers } from "../../frame/UsernameForManagers";
import { useAct } from "../../frame/useAct";
import { useToSignIn } from "../../frame/useToSignIn";
import { usePractice } from "../../practice/practices";
import type { Said } from "./OpenAccount";
import { beginActivation, completeActivation } from "./queries";

const CODE_DIGITS = 8;
/** Without a second factor a password needs so many characters. */
const MINIMUM_LENGTH = 15;

export interface EnterCodeProps {
  said: Said;
  token: string;
  /** Back to what was said. */
  onAgain: () => void;
  /** Another code was asked for. */
  onToken: (token: string) => void;
  /** The code can no longer be used. */
  onEnded: () => void;
}

/** The code from the mail and a password. The words are the same whether a mail went out or not. */
export function EnterCode({ said, token, onAgain, onToken, onEnded }: EnterCodeProps) {
  const { t } = useTranslation();
  const { slug } = usePractice();
  const act = useAct();
  const toSignIn = useToSignIn();
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<{ code?: string; password?: string }>({});
  const codeField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const wrongCode = isProblem(act.error, "invalid_code") ? t("open.wrongCode") : undefined;
  const refused = refusedPassword(act.error, "/password", MINIMUM_LENGTH, t);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const digits = digitsOf(code);
    const found = {
      code: new RegExp(`^\\d{${CODE_DIGITS}}$`).test(digits) ? undefined : t("open.codeShape"),
      password: newPasswordProblem(password, MINIMUM_LENGTH, t),
    };
    setErrors(found);
    act.clear();
    if (found.code) return codeField.current?.focus();
    if (found.password) return passwordField.current?.focus();
    const done = await act.run(async () => {
      await completeActivation(slug, token, digits, password).catch((error: unknown) => {
        if (isProblem(error, "invalid_token")) onEnded();
        throw error;
      });
    });
    if (done) toSignIn({ email: said.email.trim(), news: "opened" });
  };

  const another = () =>
    act.run(async () => {
      const written = birthDateOf(said.birthDate);
      if ("problem" in written) return onAgain();
      onToken((await beginActivation(slug, said.email.trim(), written.date)).activationToken);
      setCode("");
      codeField.current?.focus();
    });

  return (
    <form className="card" onSubmit={(event) => void submit(event)} noValidate>
      <PageHeading>{t("open.codeHeading")}</PageHeading>
      <Banner tone="info" icon={MailCheck} live="status"><b>{t("open.onItsWay")}</b>{t("open.onItsWayHint", { email: said.email.trim() })}</Banner>
      {!wrongCode && !refused && <Trouble error={act.error} />}
      <UsernameForManagers email={said.email.trim()} />
      <CodeField
        ref={codeField} label={t("open.code")} hint={t("open.codeHint")} error={errors.code ?? wrongCode}
        value={code} onChange={(event) => setCode(event.target.value)}
      />
      <NewPasswordField
        ref={passwordField} minimumLength={MINIMUM_LENGTH} error={errors.password ?? refused}
        value={password} onChange={(event) => setPassword(event.target.value)}
      />
      <Act type="submit" block unavailable={act.busy}>{t(act.busy ? "open.opening" : "open.submit")}</Act>
      <div className="answers">
        <p className="muted">{t("open.noMail")}</p>
        <div>
          <button type="button" className="link-act" onClick={() => void another()}>{t("open.another")}</button>
          <button type="button" className="link-act" onClick={onAgain}>{t("open.change")}</button>
        </div>
      </div>
    </form>
  );
}
