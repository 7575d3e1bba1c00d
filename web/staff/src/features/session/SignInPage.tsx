import { useTranslation } from "react-i18next";
import type { LockedPerson, SignedOutReason, SignInStart } from "../../app/session";
import { useTitle } from "../../app/useTitle";
import { LockForm } from "./LockForm";
import { SignFrame } from "./SignFrame";
import { SignInForm } from "./SignInForm";
import { SignInSteps } from "./SignInSteps";

interface SignInPageProps {
  reason?: SignedOutReason;
  start?: SignInStart;
}

/** The door of the staff app. */
export function SignInPage({ reason, start }: SignInPageProps) {
  const { t } = useTranslation();
  useTitle(t("signIn.submit"));
  return (
    <SignFrame>
      <SignInSteps password={(back, onDue) => <SignInForm reason={back?.reason ?? reason} start={back?.start ?? start} onDue={onDue} />} />
    </SignFrame>
  );
}

/** The door, while the page behind it waits for its owner. */
export function LockScreen({ person }: { person: LockedPerson }) {
  const { t } = useTranslation();
  useTitle(t("lock.title"));
  return (
    <SignFrame bare>
      <SignInSteps password={(back, onDue) => <LockForm person={person} late={back?.reason !== undefined} onDue={onDue} />} />
    </SignFrame>
  );
}
