import { ChevronRight, KeyRound, Smartphone, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button as AriaButton } from "react-aria-components/Button";
import type { NewTotp, StaffEnrolled } from "@/api/types";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { useAttempt } from "../../app/useAttempt";
import { hasPasskeys } from "@/api/passkeys";
import { beginTotp, confirmTotp, enrolPasskey } from "../../data/signInSteps";
import { AttemptProblem } from "./AttemptProblem";
import { AuthenticatorSetup } from "./AuthenticatorSetup";
import { PasskeyForm } from "./PasskeyForm";
import { StepHeading } from "./StepHeading";

interface EnrolmentProps {
  mfaToken: string;
  onExpired: () => void;
  onEnrolled: (answer: StaffEnrolled) => void;
}

function Way({ icon, title, text, onPress }: { icon: LucideIcon; title: string; text: string; onPress: () => void }) {
  return (
    <li>
      <AriaButton className="way" onPress={onPress}>
        <Icon icon={icon} size="lg" />
        <span>
          <b>{title}</b>
          <small>{text}</small>
        </span>
        <Icon icon={ChevronRight} />
      </AriaButton>
    </li>
  );
}

/** The first second factor, before the first sign-in that needs one is done. */
export function Enrolment({ mfaToken, onExpired, onEnrolled }: EnrolmentProps) {
  const { t } = useTranslation();
  const attempt = useAttempt(onExpired);
  const [setup, setSetup] = useState<NewTotp | null>(null);
  const [passkey, setPasskey] = useState(false);
  const again = () => {
    setSetup(null);
    setPasskey(false);
  };
  const title = setup ? "setup.totpTitle" : passkey ? "setup.passkeyTitle" : "setup.title";
  return (
    <>
      <div>
        <StepHeading key={title}>{t(title)}</StepHeading>
        {!setup && <p className="muted mt-1">{t(passkey ? "setup.passkeyText" : "setup.demanded")}</p>}
      </div>
      {setup ? (
        <AuthenticatorSetup setup={setup} attempt={attempt} onCode={async (code) => onEnrolled(await confirmTotp(mfaToken, setup.id, code))} />
      ) : passkey ? (
        <PasskeyForm attempt={attempt} onName={async (name) => onEnrolled(await enrolPasskey(mfaToken, name))} />
      ) : (
        <div className="sign__fields">
          <AttemptProblem attempt={attempt} />
          <ul className="ways">
            <Way icon={Smartphone} title={t("setup.totp")} text={t("setup.totpText")} onPress={() => void attempt.run(async () => setSetup(await beginTotp(mfaToken)))} />
            {hasPasskeys() && <Way icon={KeyRound} title={t("setup.passkey")} text={t("setup.passkeyText")} onPress={() => setPasskey(true)} />}
          </ul>
        </div>
      )}
      {(setup || passkey) && <Button variant="ghost" className="sign__link" onPress={again}>{t("setup.otherWay")}</Button>}
    </>
  );
}
