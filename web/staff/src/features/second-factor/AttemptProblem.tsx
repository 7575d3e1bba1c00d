import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { problemText } from "../../app/problemText";
import type { Attempt } from "../../app/useAttempt";
import { waitText } from "../../app/waitText";

interface AttemptProblemProps {
  attempt: Attempt;
  /** Codes that are said at their field instead. */
  except?: readonly string[];
}

/** Why an act failed, in place. */
export function AttemptProblem({ attempt: { problem, wait }, except = [] }: AttemptProblemProps) {
  const { t } = useTranslation();
  if (!problem || (except.length > 0 && isProblem(problem, ...except))) return null;
  if (isProblem(problem, "passkey_dismissed")) return <Banner tone="info" live="status">{problemText(t, problem)}</Banner>;
  if (!isProblem(problem, "rate_limited")) return <Banner tone="danger" live="alert">{problemText(t, problem)}</Banner>;
  if (wait === 0) return <Banner tone="info" live="status">{t("signIn.problem.again")}</Banner>;
  return (
    <Banner tone="danger" live="alert">
      <b>{t("signIn.problem.rate_limited.what")}</b> {t("signIn.problem.rate_limited.do", { wait: waitText(t, wait) })}
    </Banner>
  );
}
