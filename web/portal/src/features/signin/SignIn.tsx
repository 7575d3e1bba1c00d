import { Lock, Mail, UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { usePageTitle } from "../../frame/usePageTitle";
import type { OutReason } from "../../session/session";
import { SignInForm } from "./SignInForm";

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
  const { t } = useTranslation();
  usePageTitle(t("title.signIn", { practice: practice.name }));
  return (
    <main id="main" className="psign" tabIndex={-1}>
      {notice && <div className="elsewhere">{notice}</div>}
      <SignInForm practice={practice.slug} reason={reason} />
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
