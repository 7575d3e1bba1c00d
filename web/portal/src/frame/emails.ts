import type { TFunction } from "i18next";

/** What is wrong with an e-mail as it is written; the server alone knows whether it exists. */
export function emailProblem(email: string, t: TFunction): string | undefined {
  if (!email.trim()) return t("signIn.emailMissing");
  return /^\S+@\S+$/.test(email.trim()) ? undefined : t("signIn.emailInvalid");
}
