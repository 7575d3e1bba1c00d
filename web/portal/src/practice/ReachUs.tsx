import { useTranslation } from "react-i18next";
import { OwnWords } from "./OwnWords";
import { telephoneUri, usePractice } from "./practices";

/** Phone, hours and answer times: the practice's own words, and none where it said none. */
export function ReachUs() {
  const { t } = useTranslation();
  const { phone, hours, answerTimes } = usePractice();
  return (
    <section className="card">
      <h2>{t("reach.heading")}</h2>
      <dl>
        <div>
          <dt>{t("reach.phone")}</dt>
          <dd><a href={telephoneUri(phone)}>{phone}</a></dd>
        </div>
        {hours && (
          <div>
            <dt>{t("reach.hours")}</dt>
            <dd><OwnWords text={hours} /></dd>
          </div>
        )}
        {answerTimes.length > 0 && (
          <div>
            <dt>{t("reach.answerTimes")}</dt>
            <dd className="pairs">
              {answerTimes.map(({ category, text }) => (
                <AnswerTime key={category} category={t(`categoryPlural.${category}`)} text={text} />
              ))}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function AnswerTime({ category, text }: { category: string; text: string }) {
  return (
    <>
      <span>{category}</span>
      <OwnWords text={text} />
    </>
  );
}
