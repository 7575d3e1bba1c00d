import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import type { InputFieldProps } from "./Field";
import { PasswordField } from "./PasswordField";

const LONGEST = 128;
const REFUSALS = ["too_short", "too_long", "too_common", "contains_email"];

/** What is wrong with a new password before the server is asked; it alone knows which ones are too common. */
export function newPasswordProblem(password: string, minimumLength: number, t: TFunction): string | undefined {
  const length = [...password.normalize("NFKC")].length;
  if (length === 0) return t("password.missing");
  if (length < minimumLength) return t("password.too_short", { count: minimumLength });
  return length > LONGEST ? t("password.too_long", { count: LONGEST }) : undefined;
}

/** What the server found wrong with the password at this pointer; undefined where it found nothing. */
export function refusedPassword(error: unknown, pointer: string, minimumLength: number, t: TFunction): string | undefined {
  const code = isProblem(error, "validation_failed") ? error.fieldCode(pointer) : undefined;
  if (!code) return undefined;
  const known = REFUSALS.includes(code) ? code : "refused";
  return t(`password.${known}`, { count: code === "too_long" ? LONGEST : minimumLength });
}

/** A password that is chosen now; says beforehand what is asked of it. */
export function NewPasswordField({ minimumLength, label, ...rest }: Partial<InputFieldProps> & { minimumLength: number }) {
  const { t } = useTranslation();
  return (
    <PasswordField
      {...rest} name="new-password" autoComplete="new-password" label={label ?? t("password.new")}
      hint={t("password.hint", { count: minimumLength })}
    />
  );
}
