import { useTranslation } from "react-i18next";
import { TextArea } from "@/ui/TextArea";
import { Section } from "../parts";
import type { PartProps } from "./field";
import { Holidays } from "./Holidays";
import { WeekHours } from "./WeekHours";

/** When the practice is open, in words for patients and in times for the product. */
export function Hours({ draft, change, error }: PartProps) {
  const { t } = useTranslation();
  return (
    <Section title={t("admin.practice.part.hours")}>
      <div className="card-item admin-form">
        <WeekHours hours={draft.businessHours} change={change} error={error("/businessHours")} />
        <Holidays holidays={draft.holidays} change={change} error={error("/holidays")} />
        <TextArea label={t("admin.practice.field.hoursText")} hint={t("admin.practice.hint.hoursText")} rows={3} value={draft.hoursText} onChange={(hoursText) => change({ hoursText })} error={error("/hoursText")} />
        <TextArea label={t("admin.practice.field.afterHoursText")} hint={t("admin.practice.hint.afterHoursText")} rows={3} value={draft.afterHoursText} onChange={(afterHoursText) => change({ afterHoursText })} error={error("/afterHoursText")} />
      </div>
    </Section>
  );
}
