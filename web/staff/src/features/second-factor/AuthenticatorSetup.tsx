import { useTranslation } from "react-i18next";
import type { NewTotp } from "@/api/types";
import type { Attempt } from "../../app/useAttempt";
import { CodeForm } from "./CodeForm";
import { CopyButton } from "./CopyButton";
import { QrCode } from "@/ui/QrCode";

/** Groups of four: a person who types them loses neither place nor patience. */
const grouped = (secret: string) => secret.match(/.{1,4}/g)?.join(" ") ?? secret;

interface AuthenticatorSetupProps {
  setup: NewTotp;
  attempt: Attempt;
  onCode: (code: string) => Promise<void>;
}

/** The secret for the app, by camera or by hand, and the first code as proof that it arrived. */
export function AuthenticatorSetup({ setup, attempt, onCode }: AuthenticatorSetupProps) {
  const { t } = useTranslation();
  return (
    <div className="setup">
      <ol className="setup__steps">
        <li>
          <p>{t("setup.scan")}</p>
          <QrCode text={setup.uri} label={t("setup.qr")} />
          <p>{t("setup.byHand")}</p>
          <div className="setup__secret">
            <code>{grouped(setup.secret)}</code>
            <CopyButton text={setup.secret} label={t("setup.copySecret")} />
          </div>
        </li>
        <li>
          <p>{t("setup.enter")}</p>
          <CodeForm kind="totp" attempt={attempt} submit={t("setup.confirm")} autoFocus={false} onCode={onCode} />
        </li>
      </ol>
    </div>
  );
}
