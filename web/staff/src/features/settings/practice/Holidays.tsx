import { CircleAlert, Plus, X } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { PracticeHoliday } from "@/api/types";
import { Button } from "@/ui/Button";
import { DateField } from "@/ui/DateField";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { TextField } from "@/ui/TextField";
import type { PartProps } from "./field";

interface HolidaysProps {
  holidays: PracticeHoliday[];
  change: PartProps["change"];
  error?: string;
}

/** Days on which the practice is closed though the week says otherwise. */
export const Holidays = memo(function Holidays({ holidays, change, error }: HolidaysProps) {
  const { t } = useTranslation();
  const onChange = (next: PracticeHoliday[]) => change({ holidays: next });
  const put = (at: number, part: Partial<PracticeHoliday>) => onChange(holidays.map((holiday, place) => (place === at ? { ...holiday, ...part } : holiday)));
  return (
    <fieldset className={error ? "holidays field--invalid" : "holidays"}>
      <legend className="field__label">{t("admin.practice.field.holidays")}</legend>
      <p className="field__hint">{t(holidays.length === 0 ? "admin.practice.noHolidays" : "admin.practice.hint.holidays")}</p>
      <ul>
        {holidays.map((holiday, at) => (
          <li key={`${at} of ${holidays.length}`}>
            <DateField label={t("admin.practice.holidayDate")} withCalendar value={holiday.date || null} onChange={(date) => put(at, { date: date ?? "" })} />
            <TextField label={t("admin.practice.holidayName")} value={holiday.name} onChange={(name) => put(at, { name })} autoComplete="off" />
            <IconButton icon={X} label={t("admin.practice.removeHoliday", { name: holiday.name || holiday.date })} onPress={() => onChange(holidays.filter((_, place) => place !== at))} />
          </li>
        ))}
      </ul>
      {error && <p className="field__error"><Icon icon={CircleAlert} size="sm" />{error}</p>}
      <Button size="sm" icon={Plus} className="justify-self-start" onPress={() => onChange([...holidays, { date: "", name: "" }])}>{t("admin.practice.addHoliday")}</Button>
    </fieldset>
  );
});
