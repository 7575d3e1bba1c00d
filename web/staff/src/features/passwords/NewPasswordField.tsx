import { Check, Circle, Info, type LucideIcon } from "lucide-react";
import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { PasswordField } from "../session/PasswordField";
import { containsEmail, lengthOf, LONGEST, type PasswordFault } from "./rules";

interface NewPasswordFieldProps {
  value: string;
  onChange: (value: string) => void;
  minimumLength: number;
  email?: string;
  /** Why it was not taken. */
  fault: PasswordFault | null;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

function Rule({ met, children }: { met: boolean | null; children: string }) {
  const icon: LucideIcon = met === null ? Info : met ? Check : Circle;
  return (
    <li className={met ? "rules__met" : undefined}>
      <Icon icon={icon} size="sm" />
      {children}
    </li>
  );
}

/** A new password with its rules, each of which says at once whether it is kept. */
export function NewPasswordField({ value, minimumLength, email, fault, ...rest }: NewPasswordFieldProps) {
  const { t } = useTranslation();
  const length = lengthOf(value);
  const longEnough = length >= minimumLength && length <= LONGEST;
  const counted = length === 0 ? t("newPassword.least", { count: minimumLength }) : length > LONGEST ? t("newPassword.fault.too_long", { count: LONGEST }) : t("newPassword.soFar", { count: minimumLength, length });
  return (
    <div className="grid gap-2">
      <PasswordField {...rest} label={t("newPassword.label")} value={value} hint={t("newPassword.hint", { count: minimumLength })} autoComplete="new-password" error={fault ? t(`newPassword.fault.${fault}`, { count: fault === "too_long" ? LONGEST : minimumLength }) : undefined} />
      <ul className="rules" aria-label={t("newPassword.rules")}>
        <Rule met={longEnough}>{counted}</Rule>
        <Rule met={length > 0 && !containsEmail(value, email)}>{t("newPassword.notEmail")}</Rule>
        <Rule met={null}>{t("newPassword.notCommon")}</Rule>
      </ul>
      <span className="visually-hidden" role="status">{longEnough ? t("newPassword.longEnough") : ""}</span>
    </div>
  );
}
