import "../../account.css";
import "../../words/account";
import { ArrowLeft } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SecondFactorDue, StaffEnrolled } from "@/api/types";
import { Button } from "@/ui/Button";
import { admit } from "../../app/session";
import { useAttempt } from "../../app/useAttempt";
import { AttemptProblem } from "./AttemptProblem";
import { Challenge } from "./Challenge";
import { Enrolment } from "./Enrolment";
import { RecoveryCodes } from "./RecoveryCodes";
import { StepHeading } from "./StepHeading";

interface SecondFactorStepProps {
  due: SecondFactorDue;
  onBack: (reason?: "code-expired") => void;
}

/** The codes that came with the first factor; the door opens once they are kept. */
function CodesBeforeEntering({ answer }: { answer: StaffEnrolled }) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const [kept, setKept] = useState(false);
  return (
    <>
      <div>
        <StepHeading>{t("codes.title")}</StepHeading>
        <p className="muted mt-1">{t("codes.text")}</p>
      </div>
      <div className="sign__fields">
        <AttemptProblem attempt={attempt} />
        <RecoveryCodes codes={answer.recoveryCodes} kept={kept} onKept={setKept} />
        <Button variant="primary" size="lg" block unavailable={!kept || attempt.busy} onPress={() => void attempt.run(() => admit(answer))}>{t("codes.goOn")}</Button>
      </div>
    </>
  );
}

/** What comes between the right password and the inbox. */
export default function SecondFactorStep({ due, onBack }: SecondFactorStepProps) {
  const { t } = useTranslation();
  const [enrolled, setEnrolled] = useState<StaffEnrolled | null>(null);
  const expire = useEffectEvent(() => onBack("code-expired"));
  useEffect(() => {
    if (enrolled) return;
    const timer = setTimeout(() => expire(), due.expiresIn * 1000);
    return () => clearTimeout(timer);
  }, [due, enrolled]);
  if (enrolled) return <CodesBeforeEntering answer={enrolled} />;
  const late = () => onBack("code-expired");
  return (
    <>
      {due.enrolmentRequired ? <Enrolment mfaToken={due.mfaToken} onExpired={late} onEnrolled={setEnrolled} /> : <Challenge due={due} onExpired={late} />}
      <Button variant="ghost" className="sign__link" icon={ArrowLeft} onPress={() => onBack()}>{t("factor.back")}</Button>
    </>
  );
}
