import { useTranslation } from "react-i18next";
import type { GrantScope, Relationship } from "@/api/types";
import { calendarDate } from "@/i18n/birthDates";
import { DateField } from "@/ui/DateField";
import { Select } from "@/ui/Select";
import { today } from "./patientWords";

/** What somebody may do for a patient, and until which day. */
export interface Grant {
  scope: GrantScope;
  until: string | null;
}

interface GrantFieldsProps {
  relationship: Relationship;
  grant: Grant;
  onChange: (grant: Grant) => void;
  majority?: string;
  onPartial: (isPartial: boolean) => void;
  error?: string;
}

/** What is wrong with the last day of a grant, if anything. */
export function useGrantError() {
  const { t } = useTranslation();
  return ({ until }: Grant, relationship: Relationship, isPartial: boolean, majority?: string): string | undefined => {
    if (isPartial) return t("admin.refused.invalid");
    if (until !== null && until < today()) return t("admin.grant.past");
    if (relationship === "guardian" && majority && until !== null && until > majority) return t("admin.grant.tooLate");
    return undefined;
  };
}

/** Scope and last day of a grant; a guardian's ends at majority at the latest, which is said. */
export function GrantFields({ relationship, grant, onChange, majority, onPartial, error }: GrantFieldsProps) {
  const { t, i18n } = useTranslation();
  const isGuardian = relationship === "guardian";
  const hint = isGuardian && majority
    ? t("admin.grant.majority", { date: calendarDate(majority, i18n.language) })
    : t(isGuardian ? "admin.grant.noBirthDate" : "admin.grant.open");
  return (
    <div className="grid gap-4">
      <Select
        label={t("admin.accounts.may")} value={grant.scope}
        options={(["write", "read"] as const).map((id) => ({ id, label: t(`admin.scope.${id}`) }))} onChange={(scope) => onChange({ ...grant, scope: scope as GrantScope })}
      />
      <DateField
        label={t("admin.grant.until")} hint={hint} withCalendar value={grant.until} error={error} onPartial={onPartial}
        min={today()} max={isGuardian ? majority : undefined} onChange={(until) => onChange({ ...grant, until })}
      />
    </div>
  );
}
