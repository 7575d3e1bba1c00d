import "../../account.css";
import "../../words/account";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CheckedReset } from "@/api/types";
import { ProblemError } from "@/api/problem";
import { leavePublicPage } from "../../app/publicPage";
import type { SignInStart } from "../../app/session";
import { useAttempt } from "../../app/useAttempt";
import { useTitle } from "../../app/useTitle";
import { checkReset, confirmReset } from "../../data/passwords";
import { SignFrame } from "../session/SignFrame";
import { AskReset } from "./AskReset";
import { LinkBad, LinkChecking } from "./LinkStates";
import { NewPasswordForm } from "./NewPasswordForm";
import { useLink } from "./useLink";

function Choose({ token, reset, onSpent }: { token: string; reset: CheckedReset; onSpent: (problem: unknown) => void }) {
  const { t } = useTranslation();
  const { practice, minimumLength } = reset;
  const attempt = useAttempt(() => onSpent(new ProblemError("invalid_token", 401)));
  const confirm = async (password: string) => {
    await confirmReset(token, password);
    leavePublicPage("new-password", { practice: practice.slug, email: "" });
  };
  return (
    <>
      <div>
        <h1>{t("reset.chooseTitle")}</h1>
        <p className="muted mt-1">{t("reset.chooseText", { name: practice.name })}</p>
      </div>
      <NewPasswordForm minimumLength={minimumLength} submit={t("reset.save")} attempt={attempt} onPassword={confirm} />
    </>
  );
}

function ByLink({ token }: { token: string }) {
  const { t } = useTranslation();
  const [link, again] = useLink(token, checkReset);
  const [spent, setSpent] = useState<unknown>(null);
  const problem = spent ?? (link.kind === "bad" ? link.problem : null);
  if (problem) return <LinkBad problem={problem} advice={t("reset.bad")} onAgain={again} />;
  return link.kind === "good" ? <Choose token={token} reset={link.content} onSpent={setSpent} /> : <LinkChecking />;
}

/** A password that was lost: asking for a link, and what the link opens. */
export default function ResetPasswordPage({ token, start }: { token: string | null; start?: SignInStart }) {
  const { t } = useTranslation();
  useTitle(t("reset.page"));
  return <SignFrame>{token ? <ByLink token={token} /> : <AskReset start={start} />}</SignFrame>;
}
