import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { useT } from "@/i18n/useT";
import { Act } from "./Act";
import { InputField, type InputFieldProps } from "./Field";

/** A password that its writer may look at. */
export function PasswordField(props: InputFieldProps) {
  const { t } = useT();
  const [shown, setShown] = useState(false);
  return (
    <InputField
      name="password" autoComplete="current-password" {...props} type={shown ? "text" : "password"} autoCapitalize="none" spellCheck={false}
      aside={
        <Act
          variant="ghost" size="sm" className="show-password" icon={shown ? EyeOff : Eye}
          aria-label={t(shown ? "signIn.hidePassword" : "signIn.showPassword")} onClick={() => setShown(!shown)}
        >
          {t(shown ? "signIn.hide" : "signIn.show")}
        </Act>
      }
    />
  );
}
