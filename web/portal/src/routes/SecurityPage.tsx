import "../words/access";
import { useTranslation } from "react-i18next";
import { Security } from "../features/security/Security";
import { Columns } from "../frame/Columns";
import { HelpColumn } from "../frame/HelpColumn";
import { usePageTitle } from "../frame/usePageTitle";
import { usePractice } from "../practice/practices";

/** Signing in, and where one is signed in. */
export default function SecurityPage() {
  const { t } = useTranslation();
  const { name } = usePractice();
  usePageTitle(t("pageTitles.security", { practice: name }));
  return (
    <Columns back={t("account.back")} backTo="account" side={<HelpColumn />} sideLabel={t("reach.heading")}>
      <Security />
    </Columns>
  );
}
