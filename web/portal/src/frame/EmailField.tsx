import { InputField, type InputFieldProps } from "./Field";

/** An e-mail address; the reader's own unless told otherwise. */
export function EmailField(props: InputFieldProps) {
  return <InputField type="email" name="email" inputMode="email" autoComplete="username" autoCapitalize="none" spellCheck={false} {...props} />;
}
