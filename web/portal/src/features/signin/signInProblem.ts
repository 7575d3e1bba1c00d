import type { TFunction } from "i18next";
import { isProblem } from "@/api/problem";

/** What a failed sign-in says: what happened and what to do, never which of the two was wrong. */
export interface SignInProblem {
  title: string;
  hint: string;
}

function waitText(seconds: number, t: TFunction): string {
  return seconds < 60
    ? t("signIn.waitSeconds", { count: Math.max(1, Math.ceil(seconds)) })
    : t("signIn.waitMinutes", { count: Math.ceil(seconds / 60) });
}

/** Words for a failed sign-in. */
export function signInProblem(error: unknown, t: TFunction): SignInProblem {
  if (isProblem(error, "invalid_credentials", "validation_failed"))
    return { title: t("signIn.wrong"), hint: t("signIn.wrongHint") };
  if (isProblem(error, "password_too_short")) return { title: t("signIn.tooShort"), hint: t("signIn.tooShortHint") };
  if (isProblem(error, "rate_limited"))
    return { title: t("signIn.rateLimited"), hint: t("signIn.rateLimitedHint", { wait: waitText(error.retryAfter ?? 60, t) }) };
  if (isProblem(error, "network")) return { title: t("signIn.offline"), hint: t("signIn.offlineHint") };
  return { title: t("signIn.unavailable"), hint: t("signIn.unavailableHint") };
}
