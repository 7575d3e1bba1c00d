import type { TFunction } from "i18next";
import { isProblem } from "@/api/problem";

/** Why words did not arrive. The words themselves always stay. */
export type SendFailure = "failed" | "server" | "refused" | "gone" | "busy" | "rateLimited";

/** Sorts a failed send by what the writer can do about it. */
export function sendFailure(error: unknown): SendFailure {
  if (!isProblem(error)) return "server";
  switch (error.code) {
    case "network":
      return "failed";
    case "idempotency_in_progress":
      return "busy";
    case "rate_limited":
      return "rateLimited";
    case "not_found":
    case "forbidden":
    case "illegal_transition":
      return "gone";
    default:
      return error.status >= 400 && error.status < 500 && error.status !== 401 ? "refused" : "server";
  }
}

/** What happened, and what is kept or to do. */
export function failureWords(failure: SendFailure, t: TFunction): { title: string; hint: string } {
  if (failure === "server") return { title: t("send.failed"), hint: t("send.serverHint") };
  return { title: t(`send.${failure}`), hint: t(`send.${failure}Hint`) };
}
