import type { Ref } from "react";
import { Text } from "react-aria-components/Text";
import { Label, TextArea as AriaTextArea, TextField as AriaTextField, type TextFieldProps as AriaProps } from "react-aria-components/TextField";
import { FieldError } from "./FieldError";

export interface TextAreaProps extends Omit<AriaProps, "className" | "style" | "children" | "isInvalid"> {
  label: string;
  hint?: string;
  error?: string;
  placeholder?: string;
  rows?: number;
  /** Already formatted, such as "112 / 5,000". */
  counter?: string;
  textAreaRef?: Ref<HTMLTextAreaElement>;
}

/** Several lines of text; Enter is a new line. */
export function TextArea(props: TextAreaProps) {
  const { label, hint, error, placeholder, rows = 5, counter, textAreaRef, ...rest } = props;
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} className={error ? "field field--invalid" : "field"} validationBehavior="aria">
      <Label className="field__label">{label}</Label>
      {hint && <Text slot="description" className="field__hint">{hint}</Text>}
      <AriaTextArea ref={textAreaRef} className="textarea" rows={rows} placeholder={placeholder} />
      <div className="field__foot">
        <FieldError>{error}</FieldError>
        {counter && <span className="counter ml-auto">{counter}</span>}
      </div>
    </AriaTextField>
  );
}
