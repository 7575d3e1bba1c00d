import { parseTime, type Time } from "@internationalized/date";
import { DateInput, DateSegment, Label, TimeField as AriaTimeField } from "react-aria-components/TimeField";

export interface TimeFieldProps {
  /** For readers; what stands around the field says it to eyes. */
  label: string;
  /** "08:00" */
  value: string | null;
  onChange: (value: string | null) => void;
  isInvalid?: boolean;
  describedBy?: string;
}

const timeOf = (text: string | null): Time | null => (text ? parseTime(text) : null);

/** A time of day, typed part by part as the reader's language writes it. */
export function TimeField({ label, value, onChange, isInvalid, describedBy }: TimeFieldProps) {
  return (
    <AriaTimeField
      className={isInvalid ? "field field--invalid" : "field"} granularity="minute" isInvalid={isInvalid} validationBehavior="aria"
      aria-describedby={describedBy} value={timeOf(value)} onChange={(time) => onChange(time ? time.toString().slice(0, 5) : null)}
    >
      <Label className="visually-hidden">{label}</Label>
      <DateInput className="input date-field">{(segment) => <DateSegment segment={segment} className="date-field__part" />}</DateInput>
    </AriaTimeField>
  );
}
