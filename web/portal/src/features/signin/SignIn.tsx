import { Lock, Mail, UsersRound } from "lucide-react";
import { lazy, Suspense, useState, type ReactNode } from "react";
import type { SecondFactorDue } from "@/api/types";
import { useT } from "@/i18n/useT";
import { Icon } from "@/ui/Icon";
import { usePageTitle } from "../../frame/usePageTitle";
import type { OutReason } from "../../session/session";
import { SignInForm } from "./SignInForm";
import type { SignInProblem } from "./signInProblem";

// Only some accounts have a second factor.
const SecondFactor = lazy(async () => ({ default: (await import("../secondFactor/SecondFactor")).SecondFactor }));

/** How far a sign-in is; `due` while the second factor is asked for. */
interface Progress {
  email: string;
  due: SecondFactorDue | null;
  problem: SignInProblem | null;
}

export interface SignInProps {
  practice: { slug: string; name: string };
  reason: OutReason;
  /** Urgent help stands beside the form, always. */
  urgent: ReactNode;
  /** What the reader must know before, such as a session at another practice. */
  notice?: ReactNode;
}

/** The practice's page for somebody who is not signed in. */
export function SignIn({ practice, reason, urgent, notice }: SignInProps) {
  const { t } = useT();
  const [progress, setProgress] = useState<Progress>();
  usePageTitle(t("title.signIn", { practice: practice.name }));
  return (
    <main id="main" className="psign" tabIndex={-1}>
      {notice && <div className="elsewhere">{notice}</div>}
      {progress?.due ? (
        <Suspense fallback={<div className="card" />}>
          <SecondFactor due={progress.due} onBack={(problem) => setProgress({ ...progress, due: null, problem })} />
        </Suspense>
      ) : (
        <SignInForm
          practice={practice.slug} reason={progress ? "none" : reason} again={progress}
          onDue={(due, email) => setProgress({ email, due, problem: null })}
        />
      )}
      <div className="side">
        {urgent}
        <ul>
          <li><Icon icon={Lock} size="lg" /><span>{t("signIn.pointPrivate")}</span></li>
          <li><Icon icon={Mail} size="lg" /><span>{t("signIn.pointMail")}</span></li>
          <li><Icon icon={UsersRound} size="lg" /><span>{t("signIn.pointCaring")}</span></li>
        </ul>
      </div>
    </main>
  );
}
