import "../../account.css";
import "../../words/account";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CheckedStaffInvitation } from "@/api/types";
import { ProblemError } from "@/api/problem";
import { leavePublicPage } from "../../app/publicPage";
import { useAttempt } from "../../app/useAttempt";
import { useTitle } from "../../app/useTitle";
import { acceptInvitation, checkInvitation } from "../../data/passwords";
import { SignFrame } from "../session/SignFrame";
import { LinkBad, LinkChecking } from "./LinkStates";
import { NewPasswordForm } from "./NewPasswordForm";
import { useLink } from "./useLink";

function Accept({ token, invitation, onSpent }: { token: string; invitation: CheckedStaffInvitation; onSpent: (problem: unknown) => void }) {
  const { t } = useTranslation();
  const { practice, fullName, email, role, minimumLength } = invitation;
  const attempt = useAttempt(() => onSpent(new ProblemError("invalid_token", 401)));
  const accept = async (password: string) => {
    await acceptInvitation(token, password);
    leavePublicPage("welcome", { practice: practice.slug, email });
  };
  return (
    <>
      <div>
        <h1>{t("invitation.title", { name: practice.name })}</h1>
        <p className="muted mt-1">{t("invitation.text")}</p>
      </div>
      <dl className="invited">
        <div><dt>{t("invitation.name")}</dt><dd>{fullName}</dd></div>
        <div><dt>{t("signIn.email")}</dt><dd>{email}</dd></div>
        <div><dt>{t("invitation.role")}</dt><dd>{t(`domain.role.${role}`)}</dd></div>
      </dl>
      <NewPasswordForm minimumLength={minimumLength} email={email} submit={t("invitation.accept")} attempt={attempt} onPassword={accept} />
      <p className="fine">{t("invitation.notYou")}</p>
    </>
  );
}

function Invitation({ token }: { token: string }) {
  const { t } = useTranslation();
  const [link, again] = useLink(token, checkInvitation);
  const [spent, setSpent] = useState<unknown>(null);
  const problem = spent ?? (link.kind === "bad" ? link.problem : null);
  if (problem) return <LinkBad problem={problem} advice={t("invitation.bad")} onAgain={again} />;
  return link.kind === "good" ? <Accept token={token} invitation={link.content} onSpent={setSpent} /> : <LinkChecking />;
}

/** What the link of an invitation opens: who is invited where, and a password of one's own. */
export default function InvitationPage({ token }: { token: string | null }) {
  const { t } = useTranslation();
  useTitle(t("invitation.page"));
  return (
    <SignFrame>
      {token ? <Invitation token={token} /> : <LinkBad problem={new ProblemError("invalid_token", 401)} advice={t("invitation.noToken")} onAgain={() => undefined} />}
    </SignFrame>
  );
}
