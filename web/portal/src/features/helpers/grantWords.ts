import type { TFunction } from "i18next";
import type { GrantScope } from "@/api/accountTypes.portal";
import type { Relationship } from "@/api/types";
import { longDay } from "@/i18n/dates";

interface Granted {
  relationship: Relationship;
  scope: GrantScope;
  expiresAt: string | null;
}

/** "Caregiver. Reads and writes. Until Friday, June 5." */
export function grantWords({ relationship, scope, expiresAt }: Granted, language: string, t: TFunction): string {
  const until = expiresAt ? t("helpers.until", { day: longDay(expiresAt, language) }) : t("helpers.noEnd");
  return `${t(`helpers.as.${relationship}`)}. ${t(`helpers.scope.${scope}`)}. ${until}.`;
}
