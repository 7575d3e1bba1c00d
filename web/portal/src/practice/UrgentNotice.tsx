import { Phone, PhoneCall } from "lucide-react";
import { useId } from "react";
import { useT } from "@/i18n/useT";
import { Icon } from "@/ui/Icon";
import { emergencyNumber, telephoneUri, useOwnWordsLang, usePractice } from "./practices";

/** What to do when a message is too slow. **Invariant:** it cannot be closed, and its calls are real links. */
export function UrgentNotice({ brief = false }: { brief?: boolean }) {
  const { t } = useT();
  const { afterHoursText } = usePractice();
  const langOf = useOwnWordsLang();
  return brief ? (
    <UrgentSection heading={t("signIn.urgentHeading")} text={t("signIn.urgentText")} />
  ) : (
    <UrgentSection heading={t("urgent.heading")} text={afterHoursText || t("urgent.text")} lang={afterHoursText ? langOf(afterHoursText) : undefined} spelledOut />
  );
}

export interface UrgentSectionProps {
  heading: string;
  text: string;
  /** The text's language, where it is not the page's. */
  lang?: string;
  /** Says on the button what the number is for; where the window is narrow it stays short. */
  spelledOut?: boolean;
}

/** A red notice with the two calls. */
export function UrgentSection({ heading, text, lang, spelledOut }: UrgentSectionProps) {
  const { t } = useT();
  const practice = usePractice();
  const { phone } = practice;
  const number = emergencyNumber(practice);
  const id = useId();
  return (
    <section className="urgent" aria-labelledby={id}>
      <Icon icon={PhoneCall} size="lg" />
      <h2 id={id}>{heading}</h2>
      <p lang={lang}>{text}</p>
      <div className="calls">
        <a className="btn btn--danger btn--sm" href={`tel:${number}`}>
          <Icon icon={Phone} />
          {spelledOut ? (
            <>
              <span className="long">{t("urgent.emergency", { number })}</span>
              <span className="short">{t("urgent.call", { number })}</span>
            </>
          ) : (
            t("urgent.call", { number })
          )}
        </a>
        <a className="btn btn--secondary btn--sm" href={telephoneUri(phone)}>
          <Icon icon={Phone} />
          <span className="long">{t("urgent.callUsPhone", { phone })}</span>
          <span className="short">{t("urgent.callUs")}</span>
        </a>
      </div>
    </section>
  );
}
