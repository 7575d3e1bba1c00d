import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";

/** Codes of the server, and the words for each: `key` and `keyHint`. */
export type Known = Record<string, string>;

function waitText(seconds: number, t: TFunction): string {
  return seconds < 60
    ? t("signIn.waitSeconds", { count: Math.max(1, Math.ceil(seconds)) })
    : t("signIn.waitMinutes", { count: Math.ceil(seconds / 60) });
}

/** What failed, what is kept, what to do: in the page's own words where it knows the code, else in common ones. */
export function troubleOf(error: unknown, t: TFunction, known: Known = {}): { title: string; hint: string } {
  const own = isProblem(error) ? known[error.code] : undefined;
  if (own) return { title: t(own), hint: t(`${own}Hint`) };
  if (isProblem(error, "rate_limited"))
    return { title: t("signIn.rateLimited"), hint: t("signIn.rateLimitedHint", { wait: waitText(error.retryAfter ?? 60, t) }) };
  if (isProblem(error, "network")) return { title: t("trouble.offline"), hint: t("trouble.offlineHint") };
  if (isProblem(error, "forbidden")) return { title: t("trouble.forbidden"), hint: t("trouble.forbiddenHint") };
  return { title: t("trouble.unavailable"), hint: t("trouble.unavailableHint") };
}

/** A failed act, in place; nothing while there is none. */
export function Trouble({ error, known }: { error: unknown; known?: Known }) {
  const { t } = useTranslation();
  if (!error) return null;
  const { title, hint } = troubleOf(error, t, known);
  return <Banner tone="danger" live="alert"><b>{title}</b>{hint}</Banner>;
}
