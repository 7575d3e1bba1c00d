import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FirstRecoveryCodes, NewTotp } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { useAttempt } from "../../app/useAttempt";
import { addPasskey, confirmTotp } from "../../data/account";
import { AuthenticatorSetup } from "../second-factor/AuthenticatorSetup";
import { PasskeyForm } from "../second-factor/PasskeyForm";
import { CodesDialog } from "./CodesDialog";

interface DialogProps {
  onClose: () => void;
}

/** Codes that came with the first factor are kept before the dialog goes. */
function useAdded(onClose: () => void): [string[] | null, (added: FirstRecoveryCodes) => void] {
  const [codes, setCodes] = useState<string[] | null>(null);
  return [codes, ({ recoveryCodes }) => (recoveryCodes ? setCodes(recoveryCodes) : onClose())];
}

/** Sets up the authenticator app. */
export function AddTotpDialog({ setup, onClose }: DialogProps & { setup: NewTotp }) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const [codes, take] = useAdded(onClose);
  if (codes) return <CodesDialog codes={codes} onClose={onClose} />;
  return (
    <Dialog isOpen onClose={onClose} dismissable={false} title={t("setup.totpTitle")} footer={<Button variant="ghost" onPress={onClose}>{t("cancel")}</Button>}>
      <AuthenticatorSetup setup={setup} attempt={attempt} onCode={async (code) => take(await confirmTotp(setup.id, code))} />
    </Dialog>
  );
}

/** Makes a passkey. */
export function AddPasskeyDialog({ onClose }: DialogProps) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const [codes, take] = useAdded(onClose);
  if (codes) return <CodesDialog codes={codes} onClose={onClose} />;
  return (
    <Dialog isOpen onClose={onClose} title={t("setup.passkeyTitle")} footer={<Button variant="ghost" onPress={onClose}>{t("cancel")}</Button>}>
      <p className="muted">{t("setup.passkeyText")}</p>
      <PasskeyForm attempt={attempt} onName={async (name) => take(await addPasskey(name))} />
    </Dialog>
  );
}
