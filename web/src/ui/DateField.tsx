import { parseDate, type CalendarDate } from "@internationalized/date";
import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import { useContext, useEffect } from "react";
import { Calendar, CalendarCell, CalendarGrid, CalendarHeading } from "react-aria-components/Calendar";
import { DateFieldStateContext } from "react-aria-components/DateField";
import { Button, DateInput, DatePicker, DateSegment, Group, Label, Popover, type DateSegmentProps } from "react-aria-components/DatePicker";
import { Dialog } from "react-aria-components/Dialog";
import { Text } from "react-aria-components/Text";
import { FieldError } from "./FieldError";
import { Icon } from "./Icon";

export interface DateFieldProps {
  label: string;
  hint?: string;
  error?: string;
  /** "2026-03-12", or nothing. */
  value: string | null;
  onChange: (value: string | null) => void;
  /** Told whether some parts are filled in and some are not. */
  onPartial?: (isPartial: boolean) => void;
  min?: string;
  max?: string;
  /** Offers a calendar too. A birth date is typed: nobody leafs back through decades. */
  withCalendar?: boolean;
}

function Segment({ onPartial, ...props }: DateSegmentProps & { onPartial?: (isPartial: boolean) => void }) {
  const state = useContext(DateFieldStateContext);
  const filled = state?.segments.filter(({ isEditable }) => isEditable).map(({ isPlaceholder }) => !isPlaceholder) ?? [];
  const isPartial = filled.includes(true) && filled.includes(false);
  useEffect(() => onPartial?.(isPartial), [onPartial, isPartial]);
  return <DateSegment {...props} className="date-field__part" />;
}

const dateOf = (text: string | null | undefined): CalendarDate | null => {
  try {
    return text ? parseDate(text) : null;
  } catch {
    return null;
  }
};

/** A day, typed part by part, or picked from a calendar. */
export function DateField({ label, hint, error, value, onChange, onPartial, min, max, withCalendar }: DateFieldProps) {
  return (
    <DatePicker
      className={error ? "field field--invalid" : "field"}
      granularity="day" shouldForceLeadingZeros validationBehavior="aria" isInvalid={Boolean(error)}
      value={dateOf(value)} onChange={(date) => onChange(date ? date.toString() : null)}
      minValue={dateOf(min)} maxValue={dateOf(max)}
    >
      <Label className="field__label">{label}</Label>
      {hint && <Text slot="description" className="field__hint">{hint}</Text>}
      <Group className="input date-field">
        <DateInput className="date-field__parts">{(segment) => <Segment segment={segment} onPartial={onPartial} />}</DateInput>
        {withCalendar && <Button className="btn btn--ghost btn--icon btn--sm"><Icon icon={CalendarDays} /></Button>}
      </Group>
      <FieldError>{error}</FieldError>
      {withCalendar && (
        <Popover className="popover" offset={4}>
          <Dialog className="menu calendar">
            <Calendar>
              <header className="calendar__head">
                <Button slot="previous" className="btn btn--ghost btn--icon btn--sm"><Icon icon={ChevronLeft} /></Button>
                <CalendarHeading className="calendar__month" />
                <Button slot="next" className="btn btn--ghost btn--icon btn--sm"><Icon icon={ChevronRight} /></Button>
              </header>
              <CalendarGrid className="calendar__days">{(date) => <CalendarCell date={date} className="calendar__day" />}</CalendarGrid>
            </Calendar>
          </Dialog>
        </Popover>
      )}
    </DatePicker>
  );
}
