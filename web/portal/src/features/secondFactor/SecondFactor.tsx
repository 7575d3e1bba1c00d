import "../../words/access";
import { ArrowLeft, Fingerprint } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { ProofMethod, SecondFactorDue } from "@/api/types";
import { isProblem } from "@/api/problem";
import { Act } from "../../frame/Act";
import { CodeField, digitsOf } from "../../frame/CodeField";
import { PageHeading } from "../../frame/PageHeading";
import { Trouble, troubleOf } from "../../frame/Trouble";
import { useAct, type ActState } from "../../frame/useAct";
import { PhoneSentence } from "../../practice/PhoneSentence";
import { hasPasskeys } from "@/api/passkeys";
import { signInByCode, signInByPasskey } from "./queries";

export interface SecondFactorProps {
  due: SecondFactorDue;
  /** Back to e-mail and password; with words where the server made it so. */
  onBack: (problem: { title: string; hint: string } | null) => void;
}

const ORDER: ProofMethod[] = ["passkey", "totp", "recovery_code"];

/** The second step of signing in: a code, a passkey of this device, or a code kept for bad days. */
export function SecondFactor({ due, onBack }: SecondFactorProps) {
  const { t } = useTranslation();
  const usable = ORDER.filter((method) => due.methods.includes(method) && (method !== "passkey" || hasPasskeys()));
  const [method, setMethod] = useState(usable[0]);
  const act = useAct();
  const attempt = (proof: () => Promise<void>) =>
    act.run(() =>
      proof().catch((error: unknown) => {
        // The first step is used up: only the start helps.
        if (isProblem(error, "invalid_token")) onBack(troubleOf(error, t, { invalid_token: "factor.expired" }));
        throw error;
      }),
    );
  return (
    <section className="card" aria-labelledby="second-step">
      <div>
        <PageHeading><span id="second-step">{t("factor.heading")}</span></PageHeading>
        <p className="lede">{t(method ? `factor.lede.${method}` : "factor.lede.none")}</p>
      </div>
      {method === "passkey" && <ByPasskey act={act} onTry={() => attempt(() => signInByPasskey(due.mfaToken))} />}
      {(method === "totp" || method === "recovery_code") && (
        <ByCode key={method} method={method} act={act} onTry={(code) => attempt(() => signInByCode(due.mfaToken, method, code))} />
      )}
      <div className="answers">
        <div>
          {usable.filter((other) => other !== method).map((other) => (
            <button
              key={other} type="button" className="link-act"
              onClick={() => {
                act.clear();
                setMethod(other);
              }}
            >
              {t(`factor.instead.${other}`)}
            </button>
          ))}
        </div>
        <p className="muted"><PhoneSentence i18nKey="factor.help" /></p>
      </div>
      <Act variant="ghost" icon={ArrowLeft} onClick={() => onBack(null)}>{t("factor.back")}</Act>
    </section>
  );
}

function ByPasskey({ act, onTry }: { act: ActState; onTry: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Trouble error={act.error} known={{ passkey_dismissed: "factor.passkeyFailed", invalid_code: "factor.passkeyFailed" }} />
      <Act block icon={Fingerprint} unavailable={act.busy} onClick={onTry}>{t(act.busy ? "factor.waiting" : "factor.usePasskey")}</Act>
    </>
  );
}

interface ByCodeProps {
  method: "totp" | "recovery_code";
  act: ActState;
  onTry: (code: string) => Promise<boolean>;
}

function ByCode({ method, act, onTry }: ByCodeProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState(false);
  const wrong = isProblem(act.error, "invalid_code", "validation_failed");
  const isApp = method === "totp";

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const ready = isApp ? digitsOf(code) : code.trim();
    setMissing(ready === "");
    if (ready !== "" && !(await onTry(ready))) setCode("");
  };

  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      {!wrong && <Trouble error={act.error} />}
      <CodeField
        label={t(`factor.code.${method}`)} hint={t(`factor.codeHint.${method}`)} value={code} autoFocus
        error={missing ? t("factor.codeMissing") : wrong ? t(`factor.wrong.${method}`) : undefined}
        {...(!isApp && { inputMode: "text", autoComplete: "off" })}
        onChange={(event) => setCode(event.target.value)}
      />
      <Act type="submit" block unavailable={act.busy}>{t(act.busy ? "signIn.submitting" : "signIn.submit")}</Act>
    </form>
  );
}
