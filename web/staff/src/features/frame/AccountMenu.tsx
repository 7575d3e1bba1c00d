import { useNavigate } from "@tanstack/react-router";
import { Keyboard, Languages, LogOut, Moon, Rows3, ShieldAlert, ShieldCheck, Sun } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components/Button";
import { initials } from "@/domain/words";
import { setPreference, usePreferences, useResolvedTheme } from "@/theme/preferences";
import { Avatar } from "@/ui/Avatar";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { useNextDensity } from "../../app/density";
import { openDialog } from "../../app/dialogs";
import { signOut, useMay, useMe } from "../../app/session";

/** Light or dark, at a press. */
export function ThemeButton() {
  const { t } = useTranslation();
  const theme = useResolvedTheme();
  const next = theme === "dark" ? "light" : "dark";
  return (
    <IconButton
      icon={theme === "dark" ? Sun : Moon}
      size="sm"
      label={t("account.switchTheme")}
      onPress={() => setPreference("theme", next)}
    />
  );
}

/** Every act of the account menu, also used by the phone's More page. */
export function useAccountActions() {
  const { t } = useTranslation();
  const { language, theme } = usePreferences();
  const density = useNextDensity();
  const navigate = useNavigate();
  const { emergencyAccessUntil } = useMe();
  const mayBreakGlass = useMay()("break_glass") && !emergencyAccessUntil;
  const entries = [
    { id: "security", icon: ShieldCheck, label: t("account.security") },
    ...(mayBreakGlass ? [{ id: "emergency", icon: ShieldAlert, label: t("account.emergency") }] : []),
    { id: "density", icon: Rows3, label: t(`account.${density.next}`) },
    { id: "language", icon: Languages, label: language === "es" ? "English" : "Español" },
    ...(theme === "system" ? [] : [{ id: "system", icon: Sun, label: t("account.systemTheme") }]),
    { id: "keys", icon: Keyboard, label: t("account.keys"), hotkey: "?" },
  ];
  const run = (id: string) => {
    if (id === "density") density.take();
    else if (id === "language") setPreference("language", language === "es" ? "en" : "es");
    else if (id === "system") setPreference("theme", "system");
    else if (id === "keys" || id === "emergency") openDialog({ kind: id });
    else if (id === "security") void navigate({ to: "/security" });
    else void signOut();
  };
  return { entries, leave: { id: "sign-out", icon: LogOut, label: t("account.signOut") }, run };
}

/** Who is signed in, and what concerns the person rather than the patients. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { user } = useMe();
  const { entries, leave, run } = useAccountActions();
  return (
    <div className="rail__foot">
      <Menu
        label={t("account.menu")}
        placement="top start"
        groups={[{ entries }, { entries: [leave] }]}
        onAction={run}
        trigger={
          <Button className="account-button">
            <Avatar kind="staff" size="sm" initials={initials(user.fullName)} online />
            <span className="visually-hidden">{t("account.menu")}</span>
            <span className="account-button__who grow truncate">
              {user.fullName}
              <small>{user.title ?? t(`domain.role.${user.role}`)}</small>
            </span>
          </Button>
        }
      />
      <ThemeButton />
    </div>
  );
}
