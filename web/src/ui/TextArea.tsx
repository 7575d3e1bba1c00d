import { Field, type FieldProps } from "./Field";

export interface TextAreaProps extends Pick<FieldProps, "label" | "hint" | "error"> {
  value: string;
  onChange: (value: string) => void;
  rows?: number;
  /** Already formatted, such as "112 / 5,000". */
  counter?: string;
}

/** Several lines of text; Enter is a new line. */
export function TextArea({ label, hint, error, value, onChange, rows = 5, counter }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error} foot={counter && <span className="counter ml-auto">{counter}</span>}>
      {(tie) => <textarea {...tie} className="textarea" rows={rows} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}
