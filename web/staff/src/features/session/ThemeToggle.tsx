import { Moon, Sun } from "lucide-react";
import { useTranslation } from "react-i18next";
import { setPreference, useResolvedTheme } from "@/theme/preferences";
import { Button } from "@/ui/Button";

/** Light or dark, before anybody has signed in. */
export function ThemeToggle() {
  const { t } = useTranslation();
  const theme = useResolvedTheme();
  const dark = theme === "dark";
  return (
    <Button
      variant="ghost"
      className="btn--icon"
      icon={dark ? Sun : Moon}
      aria-label={t("account.switchTheme")}
      onPress={() => setPreference("theme", dark ? "light" : "dark")}
    />
  );
}
