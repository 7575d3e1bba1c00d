import type { TFunction } from "i18next";
import { isProblem } from "@/api/problem";
import { waitText } from "./waitText";

/** What happened and what is safe, in the reader's words; codes without words of their own get general ones. */
export function problemText(t: TFunction, error: unknown): string {
  if (!isProblem(error)) return t("problem.unexpected");
  const specific = t(`problem.${error.code}`, { defaultValue: "", wait: waitText(t, error.retryAfter ?? 30) });
  return specific || t(error.status === 401 ? "problem.session_expired" : "problem.unexpected");
}
