import type { TFunction } from "i18next";
import { isProblem } from "@/api/problem";

/** What happened and what is safe, in the reader's words; codes without words of their own get general ones. */
export function problemText(t: TFunction, error: unknown): string {
  if (!isProblem(error)) return t("problem.unexpected");
  if (error.status === 401) return t("problem.session_expired");
  const specific = t(`problem.${error.code}`, { defaultValue: "", seconds: error.retryAfter ?? 30 });
  return specific || t("problem.unexpected");
}
