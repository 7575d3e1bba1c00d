import { useState, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/TextField";

interface PasswordFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoComplete: "current-password" | "new-password";
  hint?: string;
  error?: string;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

/** A password, which its writer may look at. */
export function PasswordField(props: PasswordFieldProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <TextField
      {...props}
      type={shown ? "text" : "password"}
      spellCheck="false"
      end={<Button variant="ghost" size="sm" aria-pressed={shown} aria-label={t("signIn.showPassword")} onPress={() => setShown(!shown)}>{t(shown ? "signIn.hide" : "signIn.show")}</Button>}
    />
  );
}
