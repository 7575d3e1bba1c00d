import { Phone, PhoneCall } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { langOf } from "@/domain/language";
import { Icon } from "@/ui/Icon";
import { telephoneUri, usePractice } from "./practices";

/** What to do when a message is too slow. **Invariant:** it cannot be closed, and its calls are real links. */
export function UrgentNotice({ brief = false }: { brief?: boolean }) {
  const { t, i18n } = useTranslation();
  const { phone, afterHoursText } = usePractice();
  const heading = useId();
  return (
    <section className="urgent" aria-labelledby={heading}>
      <Icon icon={PhoneCall} size="lg" />
      <h2 id={heading}>{t(brief ? "signIn.urgentHeading" : "urgent.heading")}</h2>
      {brief ? (
        <p>{t("signIn.urgentText")}</p>
      ) : (
        <p lang={langOf(afterHoursText, i18n.language)}>{afterHoursText || t("urgent.text")}</p>
      )}
      <div className="calls">
        <a className="btn btn--danger btn--sm" href="tel:911">
          <Icon icon={Phone} />
          {brief ? (
            t("urgent.call911")
          ) : (
            <>
              <span className="long">{t("urgent.emergency911")}</span>
              <span className="short">{t("urgent.call911")}</span>
            </>
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
