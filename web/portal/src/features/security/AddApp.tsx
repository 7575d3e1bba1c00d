import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { NewTotp } from "@/api/types";
import { isProblem } from "@/api/problem";
import { QrCode } from "@/ui/QrCode";
import { Act } from "../../frame/Act";
import { CodeField, digitsOf } from "../../frame/CodeField";
import { Trouble } from "../../frame/Trouble";
import { useAct } from "../../frame/useAct";
import type { AddFactorStepProps } from "./AddPasskey";
import { beginTotp, confirmTotp } from "./queries";

/** A code app on the phone: first what it is, then its picture and its first code. */
export function AddApp({ onAdded, onCancel }: AddFactorStepProps) {
  const { t } = useTranslation();
  const act = useAct();
  const [begun, setBegun] = useState<NewTotp | null>(null);
  if (begun) return <FirstCode begun={begun} onAdded={onAdded} onCancel={onCancel} />;
  return (
    <div className="stack">
      <p>{t("twoStep.appSteps")}</p>
      <Trouble error={act.error} known={{ limit_reached: "twoStep.limit" }} />
      <div className="send-row">
        <Act autoFocus unavailable={act.busy} onClick={() => void act.run(async () => setBegun(await beginTotp(t("twoStep.appName"))))}>
          {t("twoStep.haveApp")}
        </Act>
        <Act variant="ghost" onClick={onCancel}>{t("confirmDialog.keep")}</Act>
      </div>
    </div>
  );
}

function FirstCode({ begun, onAdded, onCancel }: AddFactorStepProps & { begun: NewTotp }) {
  const { t } = useTranslation();
  const act = useAct();
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState(false);
  const wrong = isProblem(act.error, "invalid_code", "validation_failed");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const digits = digitsOf(code);
    setMissing(digits === "");
    if (digits !== "") await act.run(async () => onAdded((await confirmTotp(begun.id, digits)).recoveryCodes));
  };
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <ol className="numbered">
        <li>
          <p>{t("twoStep.scan")}</p>
          <QrCode text={begun.uri} label={t("twoStep.qr")} />
          <p className="muted">{t("twoStep.orType")}</p>
          <p className="secret">{begun.secret.match(/.{1,4}/g)?.join(" ")}</p>
        </li>
        <li>
          <CodeField
            label={t("twoStep.firstCode")} hint={t("twoStep.firstCodeHint")} value={code} onChange={(event) => setCode(event.target.value)}
            error={missing ? t("factor.codeMissing") : wrong ? t("factor.wrong.totp") : undefined}
          />
        </li>
      </ol>
      {!wrong && <Trouble error={act.error} />}
      <div className="send-row">
        <Act type="submit" unavailable={act.busy}>{t("twoStep.turnOn")}</Act>
        <Act variant="ghost" onClick={onCancel}>{t("confirmDialog.keep")}</Act>
      </div>
    </form>
  );
}
