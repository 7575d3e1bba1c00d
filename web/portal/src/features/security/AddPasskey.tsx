import { Fingerprint } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Act } from "../../frame/Act";
import { InputField } from "../../frame/Field";
import { Trouble } from "../../frame/Trouble";
import { useAct } from "../../frame/useAct";
import { addPasskey } from "./queries";

export interface AddFactorStepProps {
  /** With the recovery codes, where this was the first factor. */
  onAdded: (codes: string[] | null) => void;
  onCancel: () => void;
}

/** A passkey of this device: its fingerprint, face or code. */
export function AddPasskey({ onAdded, onCancel }: AddFactorStepProps) {
  const { t } = useTranslation();
  const act = useAct();
  const [name, setName] = useState(t("twoStep.thisDevice"));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await act.run(async () => onAdded((await addPasskey(name.trim() || t("twoStep.thisDevice"))).recoveryCodes));
  };
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <p>{t("twoStep.passkeySteps")}</p>
      <InputField
        label={t("twoStep.deviceName")} hint={t("twoStep.deviceNameHint")} autoComplete="off" maxLength={60} autoFocus
        value={name} onChange={(event) => setName(event.target.value)}
      />
      <Trouble
        error={act.error}
        known={{ passkey_dismissed: "factor.passkeyFailed", passkey_known: "twoStep.passkeyKnown", invalid_code: "factor.passkeyFailed", limit_reached: "twoStep.limit" }}
      />
      <div className="send-row">
        <Act type="submit" icon={Fingerprint} unavailable={act.busy}>{t(act.busy ? "factor.waiting" : "twoStep.makePasskey")}</Act>
        <Act variant="ghost" onClick={onCancel}>{t("confirmDialog.keep")}</Act>
      </div>
    </form>
  );
}
