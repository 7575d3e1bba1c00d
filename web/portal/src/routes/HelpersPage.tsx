import "../words/access";
import { useTranslation } from "react-i18next";
import { Helpers } from "../features/helpers/Helpers";
import { Columns } from "../frame/Columns";
import { HelpColumn } from "../frame/HelpColumn";
import { usePageTitle } from "../frame/usePageTitle";
import { usePractice } from "../practice/practices";

/** Who helps, and whom one helps. */
export default function HelpersPage() {
  const { t } = useTranslation();
  const { name } = usePractice();
  usePageTitle(t("pageTitles.helpers", { practice: name }));
  return (
    <Columns back={t("account.back")} backTo="account" side={<HelpColumn />} sideLabel={t("reach.heading")}>
      <Helpers />
    </Columns>
  );
}
