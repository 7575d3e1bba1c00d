import { CircleAlert, Plus, X } from "lucide-react";
import { memo, useId } from "react";
import { useTranslation } from "react-i18next";
import type { PracticeHours } from "@/api/types";
import { format } from "@/i18n/dates";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { TimeField } from "@/ui/TimeField";
import type { PartProps } from "./field";

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;
/** A day ends at midnight, which a clock shows as the beginning of one. */
const DAY_END = "24:00";
const MIDNIGHT = "00:00";

interface WeekHoursProps {
  hours: PracticeHours[];
  change: PartProps["change"];
  error?: string;
}

interface DayProps {
  day: string;
  ranges: PracticeHours[];
  isInvalid: boolean;
  describedBy?: string;
  onChange: (ranges: PracticeHours[]) => void;
  onAdd: () => void;
}

function Day({ day, ranges, isInvalid, describedBy, onChange, onAdd }: DayProps) {
  const { t } = useTranslation();
  const put = (at: number, part: Partial<PracticeHours>) => onChange(ranges.map((range, place) => (place === at ? { ...range, ...part } : range)));
  const wrong = ({ from, to }: PracticeHours) => isInvalid && (from === "" || to === "" || from >= to);
  return (
    <div className="week__day" role="group" aria-label={day}>
      <span className="week__name">{day}</span>
      <div className="week__ranges">
        {ranges.length === 0 && <span className="muted">{t("admin.practice.closed")}</span>}
        {ranges.map((range, at) => (
          <div className="week__range" key={`${at} of ${ranges.length}`}>
            <TimeField label={t("admin.practice.fromOn", { day })} value={range.from} onChange={(from) => put(at, { from: from ?? "" })} isInvalid={wrong(range)} describedBy={describedBy} />
            <span aria-hidden="true">–</span>
            <TimeField label={t("admin.practice.toOn", { day })} value={range.to === DAY_END ? MIDNIGHT : range.to} onChange={(to) => put(at, { to: to === MIDNIGHT ? DAY_END : (to ?? "") })} isInvalid={wrong(range)} describedBy={describedBy} />
            <IconButton icon={X} size="sm" label={t("admin.practice.removeHours", { day })} onPress={() => onChange(ranges.filter((_, place) => place !== at))} />
          </div>
        ))}
      </div>
      <Button variant="ghost" size="sm" icon={Plus} aria-label={t("admin.practice.addHoursOn", { day })} onPress={onAdd}>{t("admin.practice.addHours")}</Button>
    </div>
  );
}

/** The week, each day with none, one or several stretches of time. */
export const WeekHours = memo(function WeekHours({ hours, change, error }: WeekHoursProps) {
  const { t, i18n } = useTranslation();
  const errorId = useId();
  const nameOf = (day: number) => format(i18n.language, { weekday: "long", timeZone: "UTC" }).format(MONDAY + day * DAY_MS);
  const on = (day: number) => hours.filter((range) => range.day === day);
  const put = (day: number, ranges: PracticeHours[]) => change({ businessHours: [...hours.filter((range) => range.day !== day), ...ranges] });
  const monday = on(0);
  const copy = () => change({ businessHours: [...monday, ...[1, 2, 3, 4].flatMap((day) => monday.map((range) => ({ ...range, day }))), ...on(5), ...on(6)] });
  return (
    <fieldset className={error ? "week field--invalid" : "week"}>
      <legend className="field__label">{t("admin.practice.field.businessHours")}</legend>
      <p className="field__hint">{t("admin.practice.hint.businessHours")}</p>
      {DAYS.map((day) => (
        <Day
          key={day} day={nameOf(day)} ranges={on(day)} isInvalid={Boolean(error)} describedBy={error ? errorId : undefined} onChange={(ranges) => put(day, ranges)}
          onAdd={() => put(day, [...on(day), on(day).length === 0 ? { day, from: "08:00", to: "17:00" } : { day, from: "", to: "" }])}
        />
      ))}
      {error && <p className="field__error" id={errorId}><Icon icon={CircleAlert} size="sm" />{error}</p>}
      {monday.length > 0 && <Button variant="ghost" size="sm" className="week__copy" onPress={copy}>{t("admin.practice.copyMonday")}</Button>}
    </fieldset>
  );
});
