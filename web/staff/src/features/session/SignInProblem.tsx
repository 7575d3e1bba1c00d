import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { waitText } from "../../app/waitText";

const WORDED = ["invalid_credentials", "password_too_short", "rate_limited", "network", "tenant_required", "dependency_unavailable"];

/** Why the sign-in failed: what happened, then what to do. */
export function SignInProblem({ problem, wait }: { problem: unknown; wait: number }) {
  const { t } = useTranslation();
  if (!problem) return null;
  const code = isProblem(problem, ...WORDED) ? problem.code : "unexpected";
  if (code === "rate_limited" && wait === 0) return <Banner tone="info" live="status">{t("signIn.problem.again")}</Banner>;
  return (
    <Banner tone="danger" live="alert">
      <b>{t(`signIn.problem.${code}.what`)}</b> {t(`signIn.problem.${code}.do`, { wait: waitText(t, wait) })}
    </Banner>
  );
}
