import { KeyRound, LifeBuoy, Smartphone, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProofMethod, SecondFactorDue } from "@/api/types";
import { Button } from "@/ui/Button";
import { admit } from "../../app/session";
import { useAttempt } from "../../app/useAttempt";
import { confirmByCode, confirmByPasskey } from "../../data/signInSteps";
import { hasPasskeys } from "@/api/passkeys";
import { AttemptProblem } from "./AttemptProblem";
import { CodeForm } from "./CodeForm";

const ICONS: Record<ProofMethod, LucideIcon> = { totp: Smartphone, passkey: KeyRound, recovery_code: LifeBuoy };

interface MethodProps {
  mfaToken: string;
  onExpired: () => void;
}

function ByPasskey({ mfaToken, onExpired }: MethodProps) {
  const { t } = useTranslation();
  const attempt = useAttempt(onExpired);
  const use = () => attempt.run(async () => admit(await confirmByPasskey(mfaToken)));
  return (
    <div className="sign__fields">
      <AttemptProblem attempt={attempt} />
      <Button variant="primary" size="lg" block icon={KeyRound} autoFocus unavailable={attempt.busy || attempt.wait > 0} onPress={() => void use()}>
        {t(attempt.busy ? "factor.passkeyBusy" : "factor.usePasskey")}
      </Button>
    </div>
  );
}

function ByCode({ mfaToken, onExpired, method }: MethodProps & { method: "totp" | "recovery_code" }) {
  const { t } = useTranslation();
  const attempt = useAttempt(onExpired);
  return (
    <CodeForm
      kind={method}
      attempt={attempt}
      submit={t(attempt.busy ? "signIn.busy" : "signIn.submit")}
      onCode={async (code) => admit(await confirmByCode(mfaToken, method, code))}
    />
  );
}

/** The second step of a sign-in, by whichever way the person has at hand. */
export function Challenge({ due, onExpired }: { due: SecondFactorDue; onExpired: () => void }) {
  const { t } = useTranslation();
  const methods = due.methods.filter((method) => method !== "passkey" || hasPasskeys());
  const [method, setMethod] = useState(methods[0] ?? "recovery_code");
  const props = { mfaToken: due.mfaToken, onExpired };
  return (
    <>
      <div>
        <h1>{t("factor.title")}</h1>
        <p className="muted mt-1">{t(`factor.text.${method}`)}</p>
      </div>
      {method === "passkey" ? <ByPasskey {...props} /> : <ByCode key={method} {...props} method={method} />}
      {methods.length > 1 && (
        <ul className="other-ways" aria-label={t("factor.otherWays")}>
          {methods.filter((other) => other !== method).map((other) => (
            <li key={other}>
              <Button variant="secondary" size="lg" block icon={ICONS[other]} onPress={() => setMethod(other)}>{t(`factor.by.${other}`)}</Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
