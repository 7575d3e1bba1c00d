import { useTranslation } from "react-i18next";
import { BrandMark } from "@/domain/BrandMark";
import { setPreference, usePreferences } from "@/theme/preferences";
import { Button } from "@/ui/Button";
import type { SignedOutReason } from "../../app/session";
import { useTitle } from "../../app/useTitle";
import { ThemeToggle } from "./ThemeToggle";
import { SignInForm } from "./SignInForm";
import { Vignette } from "./Vignette";

/** The door of the staff app. */
export function SignInPage({ reason }: { reason?: SignedOutReason }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  useTitle(t("signIn.submit"));
  const other = language === "es" ? { id: "en", name: "English" } as const : { id: "es", name: "Español" } as const;
  return (
    <div className="sign">
      <main className="sign__form">
        <div className="sign__brand">
          <BrandMark />
          Threadwell
          <Button variant="ghost" size="sm" className="ml-auto" lang={other.id} onPress={() => setPreference("language", other.id)}>
            {other.name}
          </Button>
        </div>
        <SignInForm reason={reason} />
        <p className="fine">{t("signIn.fine")}</p>
      </main>
      <aside className="sign__aside" aria-label={t("signIn.about")}>
        <Vignette />
        <div className="sign__theme">
          <ThemeToggle />
        </div>
      </aside>
    </div>
  );
}
