import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PageHeading } from "../../frame/PageHeading";
import { ChangePassword } from "./ChangePassword";
import { Sessions } from "./Sessions";
import { TwoStep } from "./TwoStep";

/** How one signs in, and where one is signed in. */
export function Security() {
  const { t } = useTranslation();
  const [longer, setLonger] = useState(false);
  return (
    <>
      <div>
        <PageHeading>{t("security.heading")}</PageHeading>
        <p className="lede">{t("security.lede")}</p>
      </div>
      {/* The key opens it anew where it says what it is wanted for. */}
      <ChangePassword key={String(longer)} isLonger={longer} />
      <TwoStep onLonger={() => setLonger(true)} />
      <Sessions />
    </>
  );
}
