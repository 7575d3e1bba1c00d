import { Fingerprint, Smartphone } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Act } from "../../frame/Act";
import { hasPasskeys } from "@/api/passkeys";

export interface AddFactorProps {
  /** There is room for one app alone. */
  hasApp: boolean;
  onAdd: (kind: "app" | "passkey") => void;
}

/** The two ways to prove oneself, each with what it takes. */
export function AddFactor({ hasApp, onAdd }: AddFactorProps) {
  const { t } = useTranslation();
  return (
    <ul className="ways">
      {hasPasskeys() && (
        <li>
          <p>{t("twoStep.passkeyAbout")}</p>
          <Act variant="secondary" icon={Fingerprint} onClick={() => onAdd("passkey")}>{t("twoStep.addPasskey")}</Act>
        </li>
      )}
      {!hasApp && (
        <li>
          <p>{t("twoStep.appAbout")}</p>
          <Act variant="secondary" icon={Smartphone} onClick={() => onAdd("app")}>{t("twoStep.addApp")}</Act>
        </li>
      )}
    </ul>
  );
}
