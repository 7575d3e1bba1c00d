import { Link } from "@tanstack/react-router";
import { useT } from "@/i18n/useT";
import { setPreference, useResolvedTheme } from "@/theme/preferences";

export interface FooterProps {
  name: string;
  practice?: string;
  /** Given when somebody is signed in. */
  onSignOut?: () => void;
}

/** Name, privacy, help, sign out; on phones also the theme. */
export function Footer({ name, practice, onSignOut }: FooterProps) {
  const { t } = useT();
  const theme = useResolvedTheme();
  return (
    <footer className="portal-foot">
      <div>
        <span>{name}</span>
        {practice && (
          <>
            <Link to="/$practice/help" hash="privacy" params={{ practice }}>{t("app.privacy")}</Link>
            <Link to="/$practice/help" params={{ practice }}>{t("app.help")}</Link>
          </>
        )}
        {onSignOut && <button type="button" className="link-act" onClick={onSignOut}>{t("app.signOut")}</button>}
        <button
          type="button"
          className="btn btn--ghost btn--sm"
          onClick={() => setPreference("theme", theme === "dark" ? "light" : "dark")}
        >
          {t("app.lightOrDark")}
        </button>
      </div>
    </footer>
  );
}
