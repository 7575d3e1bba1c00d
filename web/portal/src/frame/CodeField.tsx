import { InputField, type InputFieldProps } from "./Field";

/** A code of digits, as people copy it: with blanks or without. */
export const digitsOf = (code: string) => code.replace(/[\s-]/g, "");

/** A code from a mail or an app; phones offer it by themselves. */
export function CodeField(props: InputFieldProps) {
  return (
    <InputField
      name="one-time-code" autoComplete="one-time-code" inputMode="numeric" autoCapitalize="none" spellCheck={false}
      {...props} className="input code-input"
    />
  );
}
