import { Link } from "@tanstack/react-router";
import { ChevronRight, HeartHandshake, KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { initials } from "@/domain/words";
import { setPreference, usePreferences } from "@/theme/preferences";
import { Avatar } from "@/ui/Avatar";
import { Icon } from "@/ui/Icon";
import { Act } from "../../frame/Act";
import { PageHeading } from "../../frame/PageHeading";
import { usePractice } from "../../practice/practices";
import { askWhom, signOut, useMe } from "../../session/session";
import { Mails } from "./Mails";
import { You } from "./You";

/** Who one is here, the ways to safety and helpers, what mails say, and how the pages look. */
export function Account() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeading>{t("account.heading")}</PageHeading>
      <Ways />
      <You />
      <People />
      <Mails />
      <Looks />
      <section className="stack">
        <p className="muted">{t("account.signOutHint")}</p>
        <div className="send-row"><Act variant="secondary" onClick={() => void signOut()}>{t("app.signOut")}</Act></div>
      </section>
    </>
  );
}

/** The two pages behind this one. */
function Ways() {
  const { t } = useTranslation();
  const { slug } = usePractice();
  const isPatient = useMe().patients.some(({ relationship }) => relationship === "self");
  return (
    <ul className="way-cards">
      <li>
        <Link className="card way" to="/$practice/account/security" params={{ practice: slug }}>
          <Icon icon={KeyRound} size="lg" />
          <span><b>{t("security.heading")}</b><small>{t("security.way")}</small></span>
          <Icon icon={ChevronRight} size="lg" className="chev" />
        </Link>
      </li>
      <li>
        <Link className="card way" to="/$practice/account/helpers" params={{ practice: slug }}>
          <Icon icon={HeartHandshake} size="lg" />
          <span><b>{t(isPatient ? "helpers.heading" : "helpers.headingHelper")}</b><small>{t(isPatient ? "helpers.way" : "helpers.wayHelper")}</small></span>
          <Icon icon={ChevronRight} size="lg" className="chev" />
        </Link>
      </li>
    </ul>
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
