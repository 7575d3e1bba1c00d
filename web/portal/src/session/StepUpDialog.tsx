import "../words/access";
import { useQuery } from "@tanstack/react-query";
import { Fingerprint } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { StepUpMethod } from "@/api/types";
import { isProblem } from "@/api/problem";
import { Act } from "../frame/Act";
import { CodeField, digitsOf } from "../frame/CodeField";
import { PasswordField } from "../frame/PasswordField";
import { PortalDialog } from "../frame/PortalDialog";
import { Trouble } from "../frame/Trouble";
import { useAct, type ActState } from "../frame/useAct";
import { hasPasskeys } from "@/api/passkeys";
import { answerStepUp } from "./stepUp";
import { proveByCode, proveByPasskey, proveByPassword, stepUpQuery } from "./stepUpQueries";

const ORDER: StepUpMethod[] = ["passkey", "totp", "password"];

/** "Is it really you?": before something that could lock the reader out, or let others in. */
export function StepUpDialog() {
  const { t } = useTranslation();
  const query = useQuery(stepUpQuery);
  const act = useAct();
  const [chosen, setChosen] = useState<StepUpMethod>();
  const usable = ORDER.filter((method) => query.data?.methods.includes(method) && (method !== "passkey" || hasPasskeys()));
  const method = chosen ?? usable[0];
  const prove = async (proof: () => Promise<void>) => {
    if (await act.run(proof)) answerStepUp(true);
  };
  return (
    <PortalDialog title={t("stepUp.heading")} onClose={() => answerStepUp(false)}>
      <p className="lede">{t(method ? `stepUp.lede.${method}` : "stepUp.lede.none")}</p>
      {query.isError && <Trouble error={query.error} />}
      {method === "passkey" && <ByPasskey act={act} onTry={() => void prove(proveByPasskey)} />}
      {method === "totp" && <BySecret key="totp" which="totp" act={act} onTry={(code) => void prove(() => proveByCode(digitsOf(code)))} />}
      {method === "password" && <BySecret key="password" which="password" act={act} onTry={(secret) => void prove(() => proveByPassword(secret))} />}
      {query.isError && <Act onClick={() => void query.refetch()}>{t("app.tryAgain")}</Act>}
      <div className="answers">
        {usable.filter((other) => other !== method).map((other) => (
          <button
            key={other} type="button" className="link-act"
            onClick={() => {
              act.clear();
              setChosen(other);
            }}
          >
            {t(`stepUp.instead.${other}`)}
          </button>
        ))}
      </div>
      <Act variant="ghost" onClick={() => answerStepUp(false)}>{t("stepUp.cancel")}</Act>
    </PortalDialog>
  );
}

function ByPasskey({ act, onTry }: { act: ActState; onTry: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Trouble error={act.error} known={{ passkey_dismissed: "factor.passkeyFailed", invalid_code: "factor.passkeyFailed" }} />
      <Act icon={Fingerprint} unavailable={act.busy} onClick={onTry}>{t(act.busy ? "factor.waiting" : "factor.usePasskey")}</Act>
    </>
  );
}

interface BySecretProps {
  which: "totp" | "password";
  act: ActState;
  onTry: (secret: string) => void;
}

function BySecret({ which, act, onTry }: BySecretProps) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState("");
  const [missing, setMissing] = useState(false);
  const wrong = isProblem(act.error, "invalid_code", "invalid_credentials", "validation_failed");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(secret.trim() === "");
    if (secret.trim() !== "") onTry(secret);
  };
  const field = {
    value: secret, autoFocus: true, error: missing ? t(`stepUp.missing.${which}`) : wrong ? t(`stepUp.wrong.${which}`) : undefined,
    onChange: (event: { target: { value: string } }) => setSecret(event.target.value),
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      {!wrong && <Trouble error={act.error} />}
      {which === "password" ? <PasswordField {...field} label={t("signIn.password")} /> : <CodeField {...field} label={t("factor.code.totp")} hint={t("factor.codeHint.totp")} />}
      <Act type="submit" unavailable={act.busy}>{t(act.busy ? "stepUp.checking" : "stepUp.submit")}</Act>
    </form>
  );
}
