import type { LucideIcon } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Text } from "react-aria-components/Text";
import { Input, Label, TextField as AriaTextField, type TextFieldProps as AriaProps } from "react-aria-components/TextField";
import { FieldError } from "./FieldError";
import { Icon } from "./Icon";

export interface TextFieldProps extends Omit<AriaProps, "className" | "style" | "children" | "isInvalid"> {
  label: string;
  hint?: string;
  error?: string;
  icon?: LucideIcon;
  placeholder?: string;
  /** Stands at the right of the label, such as a counter. */
  aside?: ReactNode;
  /** Stands inside the field at its end, such as a Show button. */
  end?: ReactNode;
  inputRef?: Ref<HTMLInputElement>;
}

/** One line of text with its label, hint and error. */
export function TextField(props: TextFieldProps) {
  const { label, hint, error, icon, placeholder, aside, end, inputRef, ...rest } = props;
  const input = <Input ref={inputRef} className="input" placeholder={placeholder} />;
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} className={error ? "field field--invalid" : "field"} validationBehavior="aria">
      {aside ? (
        <div className="label-row">
          <Label className="field__label">{label}</Label>
          {aside}
        </div>
      ) : (
        <Label className="field__label">{label}</Label>
      )}
      {hint && <Text slot="description" className="field__hint">{hint}</Text>}
      {icon || end ? (
        <div className="input-group">
          {icon && <Icon icon={icon} />}
          {input}
          {end}
        </div>
      ) : (
        input
      )}
      <FieldError>{error}</FieldError>
    </AriaTextField>
  );
}
