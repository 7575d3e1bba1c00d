import "../../account.css";
import "../../words/account";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTitle } from "../../app/useTitle";
import { FactorsSection } from "./FactorsSection";
import { PasswordSection } from "./PasswordSection";
import { PreferencesSection } from "./PreferencesSection";
import { RecoverySection } from "./RecoverySection";
import { SessionsSection } from "./SessionsSection";

/** One's own account: how one gets in, where one is in, and what one is told. */
export function SecurityPage() {
  const { t } = useTranslation();
  useTitle(t("account.security"));
  const [longerAsked, setLongerAsked] = useState(0);
  return (
    <main className="page-pane" id="thread" tabIndex={-1}>
      <div className="pane-bar">
        <h1 className="grow">{t("account.security")}</h1>
      </div>
      <div className="page-body security">
        <FactorsSection onLonger={() => setLongerAsked((times) => times + 1)} />
        <RecoverySection />
        <PasswordSection longerAsked={longerAsked} />
        <SessionsSection />
        <PreferencesSection />
      </div>
    </main>
  );
}
