import { ShieldAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { initials } from "@/domain/words";
import { setPreference, usePreferences } from "@/theme/preferences";
import { Avatar } from "@/ui/Avatar";
import { Banner } from "@/ui/Banner";
import { Act } from "../../frame/Act";
import { PageHeading } from "../../frame/PageHeading";
import { PhoneSentence } from "../../practice/PhoneSentence";
import { askWhom, signOut, useMe } from "../../session/session";

/** Who one is here, whom one acts for, what mails say, and how the pages look. */
export function Account() {
  const { t } = useTranslation();
  const { account } = useMe();
  return (
    <>
      <PageHeading>{t("account.heading")}</PageHeading>
      <section className="card stack">
        <h2>{t("account.you")}</h2>
        <dl className="own-facts">
          <div><dt>{t("account.name")}</dt><dd>{account.fullName}</dd></div>
          <div><dt>{t("account.email")}</dt><dd>{account.email}</dd></div>
        </dl>
        <p className="muted"><PhoneSentence i18nKey="account.change" /></p>
      </section>
      <People />
      <section className="card stack">
        <h2>{t("account.mails")}</h2>
        <p>{t("account.mailsText")}</p>
        <Banner tone="quiet" icon={ShieldAlert}>{t("account.mailsTip")}</Banner>
      </section>
      <Looks />
      <section className="stack">
        <p className="muted">{t("account.signOutHint")}</p>
        <div className="send-row"><Act variant="secondary" onClick={() => void signOut()}>{t("app.signOut")}</Act></div>
      </section>
    </>
  );
}

function People() {
  const { t } = useTranslation();
  const { patients, actingFor } = useMe();
  const alone = patients.length === 1 && patients[0]?.relationship === "self";
  return (
    <section className="card stack">
      <h2>{t("account.people")}</h2>
      {alone ? (
        <p>{t("account.noPeople")}</p>
      ) : (
        <ul className="people">
          {patients.map(({ id, fullName, relationship }) => (
            <li key={id}>
              <Avatar kind="patient" initials={initials(fullName)} />
              <span>
                <b>{fullName}</b>
                <small>{t(`account.${relationship}`)}{id === actingFor && patients.length > 1 && `. ${t("account.now")}`}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
      {patients.length > 1 && (
        <div className="send-row"><Act variant="secondary" onClick={askWhom}>{t("acting.changeLabel")}</Act></div>
      )}
    </section>
  );
}

const LOOKS = { light: "lookLight", dark: "lookDark", system: "lookSystem" } as const;
const LANGUAGES = { en: "English", es: "Español" } as const;

function Looks() {
  const { t } = useTranslation();
  const { theme, language } = usePreferences();
  return (
    <section className="card stack">
      <h2>{t("account.looks")}</h2>
      <div className="filters" role="group" aria-label={t("app.language")}>
        {(Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[]).map((id) => (
          <button key={id} type="button" className="filter" lang={id} aria-pressed={language === id} onClick={() => setPreference("language", id)}>
            {LANGUAGES[id]}
          </button>
        ))}
      </div>
      <div className="filters" role="group" aria-label={t("account.look")}>
        {(Object.keys(LOOKS) as (keyof typeof LOOKS)[]).map((id) => (
          <button key={id} type="button" className="filter" aria-pressed={theme === id} onClick={() => setPreference("theme", id)}>
            {t(`account.${LOOKS[id]}`)}
          </button>
        ))}
      </div>
    </section>
  );
}
