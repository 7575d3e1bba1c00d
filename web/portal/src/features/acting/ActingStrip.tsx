import { Trans, useTranslation } from "react-i18next";
import { initials } from "@/domain/words";
import { Avatar } from "@/ui/Avatar";
import { askWhom, useMe } from "../../session/session";

/** Whose messages these are: on every page when the account serves somebody besides itself. */
export function ActingStrip() {
  const { t } = useTranslation();
  const { patients, actingFor } = useMe();
  const patient = patients.find(({ id }) => id === actingFor);
  if (!patient || (patients.length === 1 && patient.relationship === "self")) return null;
  const { fullName, relationship } = patient;
  return (
    <section className="acting" aria-label={t("acting.region")}>
      <div>
        <Avatar kind="patient" initials={initials(fullName)} />
        <p>
          {relationship === "self" ? (
            <Trans i18nKey="acting.forSelf" components={{ b: <b className="strong" /> }} />
          ) : (
            <Trans
              i18nKey="acting.for"
              values={{ relationship: t(`acting.as.${relationship}`) }}
              components={{ name: <b className="strong">{fullName}</b> }}
            />
          )}
        </p>
        {patients.length > 1 && (
          <button type="button" className="link-act" aria-label={t("acting.changeLabel")} onClick={askWhom}>
            {t("acting.change")}
          </button>
        )}
      </div>
    </section>
  );
}
