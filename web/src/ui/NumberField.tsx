import { Field, type FieldProps } from "./Field";

export interface NumberFieldProps extends Pick<FieldProps, "label" | "hint" | "error"> {
  /** NaN while the field is empty. */
  value: number;
  onChange: (value: number) => void;
  min: number;
  max: number;
}

/** A whole number within bounds. */
export function NumberField({ label, hint, error, value, onChange, min, max }: NumberFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(tie) => (
        <input
          {...tie} className="input number" type="number" inputMode="numeric" min={min} max={max} step={1} autoComplete="off"
          value={Number.isNaN(value) ? "" : value} onChange={(event) => onChange(event.target.valueAsNumber)}
        />
      )}
    </Field>
  );
}
