import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { BrandMark } from "@/domain/BrandMark";
import { setPreference, usePreferences } from "@/theme/preferences";
import { Button } from "@/ui/Button";
import { ThemeToggle } from "./ThemeToggle";
import { Rings, Vignette } from "./Vignette";

interface SignFrameProps {
  children: ReactNode;
  /** Leaves the sample messages out: beside somebody's name they could be taken for real ones. */
  bare?: boolean;
}

/** What stands around every page that is shown without a session. */
export function SignFrame({ children, bare = false }: SignFrameProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
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
        {children}
        <p className="fine">{t("signIn.fine")}</p>
      </main>
      <aside className="sign__aside" aria-label={t("signIn.about")}>
        <Rings />
        {!bare && <Vignette />}
        <div className="sign__theme">
          <ThemeToggle />
        </div>
      </aside>
    </div>
  );
}
