import { useTranslation } from "react-i18next";
import { PageHeading } from "../../frame/PageHeading";
import { ChangePassword } from "./ChangePassword";
import { Sessions } from "./Sessions";
import { TwoStep } from "./TwoStep";

/** How one signs in, and where one is signed in. */
export function Security() {
  const { t } = useTranslation();
  return (
    <>
      <div>
        <PageHeading>{t("security.heading")}</PageHeading>
        <p className="lede">{t("security.lede")}</p>
      </div>
      <ChangePassword />
      <TwoStep />
      <Sessions />
    </>
  );
}
