import type { LucideIcon } from "lucide-react";
import type { InputHTMLAttributes, ReactNode, Ref } from "react";
import { Field, type FieldProps } from "./Field";
import { Icon } from "./Icon";

type Attributes = Pick<InputHTMLAttributes<HTMLInputElement>, "type" | "placeholder" | "maxLength" | "autoComplete" | "autoFocus" | "spellCheck" | "inputMode" | "readOnly">;

export interface TextFieldProps extends Attributes, Pick<FieldProps, "label" | "hint" | "error" | "aside"> {
  value: string;
  onChange: (value: string) => void;
  icon?: LucideIcon;
  /** Stands inside the field at its end, such as a Show button. */
  end?: ReactNode;
  inputRef?: Ref<HTMLInputElement>;
}

/** One line of text with its label, hint and error. */
export function TextField({ label, hint, error, aside, value, onChange, icon, end, inputRef, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} aside={aside}>
      {(tie) => {
        const input = <input {...rest} {...tie} ref={inputRef} className="input" value={value} onChange={(event) => onChange(event.target.value)} />;
        if (!icon && !end) return input;
        return (
          <div className="input-group">
            {icon && <Icon icon={icon} />}
            {input}
            {end}
          </div>
        );
      }}
    </Field>
  );
}
