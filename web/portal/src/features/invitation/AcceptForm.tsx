import { Link } from "@tanstack/react-router";
import { HeartHandshake } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CheckedInvitation } from "@/api/types";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Act } from "../../frame/Act";
import { BirthDateFields } from "../../frame/BirthDateFields";
import { DeadLink } from "../../frame/DeadLink";
import { InputField } from "../../frame/Field";
import { NewPasswordField, refusedPassword } from "../../frame/NewPasswordField";
import { PageHeading } from "../../frame/PageHeading";
import { PasswordField } from "../../frame/PasswordField";
import { Trouble } from "../../frame/Trouble";
import { usePractice } from "../../practice/practices";
import { useAccepting } from "./useAccepting";

/** Accepts: a new account with its password, or one that is there with the password it has. */
export function AcceptForm({ invitation, token }: { invitation: CheckedInvitation; token: string }) {
  const { t } = useTranslation();
  const { practice, kind, relationship, hasAccount, needsBirthDate, minimumLength } = invitation;
  const form = useAccepting(invitation, token);
  const { said, say, errors, error, fields } = form;
  if (isProblem(error, "invalid_token")) return <DeadLink what="invitation" />;
  const refused = refusedPassword(error, "/password", minimumLength, t);
  const wrongDate = needsBirthDate && isProblem(error, "invalid_code") ? t("invitation.wrongDate") : undefined;
  const wrongPassword = isProblem(error, "invalid_credentials") ? t("invitation.wrongPassword") : undefined;
  const password = {
    ref: fields.password, value: said.password, error: errors.password ?? refused ?? wrongPassword,
    onChange: (event: { target: { value: string } }) => say({ password: event.target.value }),
  };
  return (
    <form className="card" onSubmit={(event) => void form.submit(event)} noValidate>
      <div>
        <PageHeading>{t(kind === "proxy" ? `invitation.heading.${relationship}` : "invitation.heading.self")}</PageHeading>
        <p className="lede">{t(kind === "proxy" ? "invitation.ledeProxy" : "invitation.ledeSelf", { practice: practice.name })}</p>
      </div>
      {kind === "proxy" && <Banner tone="quiet" icon={HeartHandshake}>{t("invitation.whom")}</Banner>}
      {hasAccount && <Banner tone="info"><b>{t("invitation.known")}</b>{t("invitation.knownHint")}</Banner>}
      {!refused && !wrongDate && !wrongPassword && <Trouble error={error} />}
      {kind === "proxy" && !hasAccount && (
        <InputField
          ref={fields.fullName} label={t("invitation.ownName")} hint={t("invitation.ownNameHint")} name="name" autoComplete="name"
          value={said.fullName} error={errors.fullName} onChange={(event) => say({ fullName: event.target.value })}
        />
      )}
      {needsBirthDate && (
        <BirthDateFields
          ref={fields.birthDate} value={said.birthDate} error={errors.birthDate ?? wrongDate} hint={t("invitation.birthHint")}
          onChange={(birthDate) => say({ birthDate })}
        />
      )}
      {hasAccount ? <PasswordField {...password} label={t("invitation.password")} /> : <NewPasswordField {...password} minimumLength={minimumLength} />}
      <Act type="submit" block unavailable={form.busy}>{t(form.busy ? "invitation.accepting" : "invitation.accept")}</Act>
      {hasAccount && <ForgottenToo />}
    </form>
  );
}

function ForgottenToo() {
  const { t } = useTranslation();
  const { slug } = usePractice();
  return (
    <div className="answers">
      <div><Link className="link-act" to="/$practice/reset-password" params={{ practice: slug }}>{t("signIn.forgot")}</Link></div>
      <p className="muted">{t("invitation.forgotHint")}</p>
    </div>
  );
}
