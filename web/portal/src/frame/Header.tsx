import { Link } from "@tanstack/react-router";
import { CircleUserRound, Moon, Sun } from "lucide-react";
import { BrandMark } from "@/domain/BrandMark";
import { useT } from "@/i18n/useT";
import { setPreference, usePreferences, useResolvedTheme } from "@/theme/preferences";
import { Icon } from "@/ui/Icon";

/** Switches to the other language; named in that language. */
function LanguageSwitch() {
  const { language } = usePreferences();
  const other = language === "es" ? ({ id: "en", name: "English" } as const) : ({ id: "es", name: "Español" } as const);
  return (
    <button type="button" className="head-act" lang={other.id} onClick={() => setPreference("language", other.id)}>
      {other.name}
    </button>
  );
}

/** Switches between light and dark. */
function ThemeSwitch() {
  const { t } = useT();
  const theme = useResolvedTheme();
  return (
    <button
      type="button"
      className="btn btn--ghost btn--icon btn--sm head-theme"
      aria-label={t("app.theme")}
      title={t("app.lightOrDark")}
      onClick={() => setPreference("theme", theme === "dark" ? "light" : "dark")}
    >
      <Icon icon={theme === "dark" ? Sun : Moon} />
    </button>
  );
}

export interface HeaderProps {
  /** The practice's name, once it is known. */
  name: string;
  /** The practice's code, when somebody is signed in there. */
  accountOf?: string;
}

/** The practice's name, language, account and theme. */
export function Header({ name, accountOf }: HeaderProps) {
  const { t } = useT();
  return (
    <header className="portal-head">
      <div className="portal-head__in">
        <BrandMark />
        <div className="grow">
          <b className="head-name">{name}</b>
          <span>{t("app.patientMessages")}</span>
        </div>
        <nav aria-label={t("app.account")}>
          <LanguageSwitch />
          {accountOf && (
            <Link to="/$practice/account" params={{ practice: accountOf }} aria-label={t("app.myAccount")}>
              <Icon icon={CircleUserRound} />
              <span>{t("app.myAccount")}</span>
            </Link>
          )}
          <ThemeSwitch />
        </nav>
      </div>
    </header>
  );
}
