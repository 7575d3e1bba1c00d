import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "@/ui/TextField";

export const CODE_DIGITS = 6;

interface CodeFieldProps {
  value: string;
  onChange: (digits: string) => void;
  hint?: string;
  error?: string;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

/** Six digits, typed or pasted, with whatever stands between them. */
export function CodeField({ onChange, ...rest }: CodeFieldProps) {
  const { t } = useTranslation();
  return (
    <div className="code-field">
      <TextField
        {...rest}
        label={t("factor.code")}
        inputMode="numeric"
        autoComplete="one-time-code"
        spellCheck="false"
        onChange={(value) => onChange(value.replace(/\D/g, "").slice(0, CODE_DIGITS))}
      />
    </div>
  );
}
