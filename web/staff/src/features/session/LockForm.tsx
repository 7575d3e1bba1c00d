import { LockKeyhole } from "lucide-react";
import { useTranslation } from "react-i18next";
import { initials } from "@/domain/words";
import { Avatar } from "@/ui/Avatar";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { toSignIn, type LockedPerson } from "../../app/session";
import { AccountHint } from "./AccountHint";
import { PasswordField } from "./PasswordField";
import { SignInProblem } from "./SignInProblem";
import { useArrivalFocus } from "./useArrivalFocus";
import { usePasswordStep, type OnDue } from "./usePasswordStep";

interface LockFormProps {
  person: LockedPerson;
  /** The code of the second step came too late. */
  late: boolean;
  onDue: OnDue;
}

/** The password of whom the page waits for; somebody else starts anew. */
export function LockForm({ person: { user, tenant }, late, onDue }: LockFormProps) {
  const { t } = useTranslation();
  const step = usePasswordStep(tenant.slug, user.email, onDue);
  useArrivalFocus(step.passwordRef);
  const missing = step.tried && step.password.trim() === "" ? t("signIn.missing.password") : undefined;
  return (
    <>
      <div>
        <h1>{t("lock.title")}</h1>
        <p className="muted mt-1">{t("lock.text")}</p>
      </div>
      <form className="sign__fields" onSubmit={(event) => void step.submit(event)} noValidate>
        {late && !step.problem && <Banner tone="info" live="status">{t("signIn.reason.code-expired")}</Banner>}
        <SignInProblem problem={step.problem} wait={step.wait} />
        <div className="lock__who">
          <Avatar kind="staff" size="lg" initials={initials(user.fullName)} />
          <p>
            <b>{user.fullName}</b>
            <span className="muted">{tenant.name}</span>
          </p>
        </div>
        <AccountHint email={user.email} />
        <PasswordField label={t("signIn.password")} value={step.password} onChange={step.setPassword} autoComplete="current-password" error={missing} inputRef={step.passwordRef} />
        <Button type="submit" variant="primary" size="lg" block icon={LockKeyhole} unavailable={step.busy || step.wait > 0} className="mt-1">
          {t(step.busy ? "signIn.busy" : "lock.unlock")}
        </Button>
        <Button variant="ghost" className="sign__link" onPress={() => toSignIn()}>{t("lock.somebodyElse")}</Button>
      </form>
    </>
  );
}
