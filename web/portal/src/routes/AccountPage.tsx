import "../words/access";
import { useTranslation } from "react-i18next";
import { Account } from "../features/account/Account";
import { Columns } from "../frame/Columns";
import { HelpColumn } from "../frame/HelpColumn";
import { usePageTitle } from "../frame/usePageTitle";
import { usePractice } from "../practice/practices";

/** My account. */
export default function AccountPage() {
  const { t } = useTranslation();
  usePageTitle(t("pageTitle.account", { practice: usePractice().name }));
  return (
    <Columns back side={<HelpColumn />} sideLabel={t("reach.heading")}>
      <Account />
    </Columns>
  );
}
