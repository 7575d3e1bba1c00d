import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PageHeading } from "../../frame/PageHeading";
import { ChangePassword } from "./ChangePassword";
import { Sessions } from "./Sessions";
import { TwoStep } from "./TwoStep";

/** How one signs in, and where one is signed in. */
export function Security() {
  const { t } = useTranslation();
  const [longerAsked, setLongerAsked] = useState(0);
  return (
    <>
      <div>
        <PageHeading>{t("security.heading")}</PageHeading>
        <p className="lede">{t("security.lede")}</p>
      </div>
      {/* The key opens it anew, each time that it is wanted. */}
      <ChangePassword key={longerAsked} isLonger={longerAsked > 0} />
      <TwoStep onLonger={() => setLongerAsked((times) => times + 1)} />
      <Sessions />
    </>
  );
}
