import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { PatientPanel as Patient, StaffThreadDetail } from "@/api/types";
import { StatusBadge } from "@/domain/badges";
import { initials } from "@/domain/words";
import { ageOn, calendarDate } from "@/i18n/birthDates";
import { shortDate } from "@/i18n/dates";
import { Avatar } from "@/ui/Avatar";
import { PatientPhotos } from "./PatientPhotos";
import { ThreadLinks } from "./ThreadLinks";

/** May break before its domain: no word of it is torn. */
function Email({ address }: { address: string }) {
  return address.split(/(?=@)/).map((part, at) => <Fragment key={at}>{at > 0 && <wbr />}{part}</Fragment>);
}

function Facts({ patient }: { patient: Patient }) {
  const { t, i18n } = useTranslation();
  const language = t(`domain.language.${patient.language}`, { defaultValue: patient.language });
  const proxyWord = (proxy: Patient["proxies"][number]) => {
    const relationship = t(`domain.relationship.${proxy.relationship}`);
    const word = { name: proxy.fullName, relationship, date: proxy.expiresAt ? shortDate(proxy.expiresAt, i18n.language) : "" };
    return t(proxy.expiresAt ? "patient.proxyUntil" : "patient.proxy", word);
  };
  return (
    <dl className="facts">
      {patient.birthDate && (
        <>
          <dt>{t("patient.born")}</dt>
          <dd>{calendarDate(patient.birthDate, i18n.language)} ({ageOn(patient.birthDate)})</dd>
        </>
      )}
      {patient.phone && (
        <>
          <dt>{t("patient.phone")}</dt>
          <dd><a href={`tel:${patient.phone.replace(/[^\d+]/g, "")}`}>{patient.phone}</a></dd>
        </>
      )}
      {patient.email && (
        <>
          <dt>{t("patient.email")}</dt>
          <dd><Email address={patient.email} /></dd>
        </>
      )}
      <dt>{t("patient.language")}</dt>
      <dd>{patient.language === i18n.language ? language : <b>{language}</b>}</dd>
      <dt>{t("patient.portal")}</dt>
      <dd>{t(patient.portalAccount ? "patient.ownAccount" : "patient.noAccount")}</dd>
      {patient.proxies.length > 0 && (
        <>
          <dt>{t("patient.also")}</dt>
          <dd>{patient.proxies.map((proxy) => <span className="block" key={proxy.fullName}>{proxyWord(proxy)}</span>)}</dd>
        </>
      )}
    </dl>
  );
}

/** Who the patient is: identity, contact, who else reads along, earlier conversations. */
export function PatientDetails({ thread, view }: { thread: StaffThreadDetail; view: string }) {
  const { t, i18n } = useTranslation();
  const { patient, earlierThreads } = thread;
  return (
    <>
      <div className="panel__top">
        <div className="panel__id">
          <Avatar kind="patient" size="lg" initials={initials(patient.fullName)} />
          <div className="grow">
            <h2>{patient.fullName}</h2>
            <p>{t("mrn", { mrn: patient.mrn })}</p>
          </div>
        </div>
      </div>
      <section className="panel__sec">
        <h3>{t("patient.contact")}</h3>
        <Facts patient={patient} />
      </section>
      <PatientPhotos threadId={thread.id} />
      <ThreadLinks thread={thread} view={view} />
      {earlierThreads.length > 0 && (
        <section className="panel__sec">
          <h3>{t("patient.earlier")}</h3>
          {earlierThreads.map((earlier) => (
            <Link className="mini" key={earlier.id} to="/inbox/$view/$threadId" params={{ view, threadId: earlier.id }}>
              <span className="truncate">{earlier.subject || t("row.unreadable")}</span>
              <span>
                <StatusBadge status={earlier.status} />
                <time dateTime={earlier.lastMessageAt}>{shortDate(earlier.lastMessageAt, i18n.language)}</time>
              </span>
            </Link>
          ))}
        </section>
      )}
    </>
  );
}
