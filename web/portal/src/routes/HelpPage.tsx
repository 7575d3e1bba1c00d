import "../words/later";
import { useTranslation } from "react-i18next";
import { Columns } from "../frame/Columns";
import { PageHeading } from "../frame/PageHeading";
import { PracticePage } from "../frame/PracticePage";
import { usePageTitle } from "../frame/usePageTitle";
import { OpenNow } from "../practice/OpenNow";
import { PhoneSentence } from "../practice/PhoneSentence";
import { usePractice } from "../practice/practices";
import { ReachUs } from "../practice/ReachUs";
import { UrgentNotice } from "../practice/UrgentNotice";

/** How messages work, and who reads them. */
export default function HelpPage() {
  const { t } = useTranslation();
  usePageTitle(t("pageTitle.help", { practice: usePractice().name }));
  const list = (keys: string[]) => <ul className="plain-list">{keys.map((key) => <li key={key}>{t(key)}</li>)}</ul>;
  return (
    <PracticePage>
      <Columns back side={<ReachUs />} sideLabel={t("reach.heading")}>
        <PageHeading>{t("help.heading")}</PageHeading>
        <OpenNow />
        <UrgentNotice />
        <section className="card stack">
          <h2>{t("help.howHeading")}</h2>
          {list(["help.how1", "help.how2", "help.how3", "help.how4"])}
        </section>
        <section className="card stack" id="privacy">
          <h2>{t("help.privacyHeading")}</h2>
          {list(["help.privacy1", "help.privacy2", "help.privacy3", "help.privacy4"])}
        </section>
        <section>
          <h2>{t("help.questions")}</h2>
          <p><PhoneSentence i18nKey="help.questionsText" /></p>
        </section>
      </Columns>
    </PracticePage>
  );
}
