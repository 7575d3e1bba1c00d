import type { TFunction } from "i18next";
import type { GrantScope, PendingProxy, Relationship } from "@/api/types";
import { longDay } from "@/i18n/dates";

interface Granted {
  relationship: Relationship;
  scope: GrantScope;
  expiresAt: string | null;
}

const mayDo = ({ relationship, scope }: Pick<Granted, "relationship" | "scope">, t: TFunction) =>
  `${t(`helpers.as.${relationship}`)}. ${t(`helpers.scope.${scope}`)}.`;

/** "Caregiver. Reads and writes. Until Friday, June 5." */
export function grantWords(grant: Granted, language: string, t: TFunction): string {
  const { expiresAt } = grant;
  const until = expiresAt ? t("helpers.until", { day: longDay(expiresAt, language) }) : t("helpers.noEnd");
  return `${mayDo(grant, t)} ${until}.`;
}

/** "Caregiver. Reads and writes. Good until Friday, June 5.": an invitation tells until when its link is good. */
export function pendingWords(invitation: PendingProxy, language: string, t: TFunction): string {
  return `${mayDo(invitation, t)} ${t("helpers.waits", { day: longDay(invitation.expiresAt, language) })}.`;
}
