import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { GrantOfMine } from "@/api/types";
import { initials } from "@/domain/words";
import { Avatar } from "@/ui/Avatar";
import { Act } from "../../frame/Act";
import { ConfirmDialog } from "../../frame/ConfirmDialog";
import { refreshMe } from "../../session/session";
import { grantWords } from "./grantWords";
import { leavePatient, useGrantsChanged } from "./queries";

/** For whom the reader may read and write, and the way out of it. */
export function WhomYouHelp({ mine }: { mine: GrantOfMine[] }) {
  const { t } = useTranslation();
  return (
    <section className="card stack">
      <h2>{t("helpers.whom")}</h2>
      {mine.length === 0 ? <p className="muted">{t("helpers.helpNobody")}</p> : <ul className="rows">{mine.map((grant) => <Helped key={grant.patientId} grant={grant} />)}</ul>}
    </section>
  );
}

function Helped({ grant }: { grant: GrantOfMine }) {
  const { t, i18n } = useTranslation();
  const changed = useGrantsChanged();
  const [asking, setAsking] = useState(false);
  const { fullName, patientId } = grant;
  return (
    <li>
      <Avatar kind="patient" initials={initials(fullName)} />
      <span><b>{fullName}</b><small>{grantWords(grant, i18n.language, t)}</small></span>
      <Act variant="secondary" size="sm" aria-label={t("helpers.leaveNamed", { name: fullName })} onClick={() => setAsking(true)}>{t("helpers.leave")}</Act>
      {asking && (
        <ConfirmDialog
          title={t("helpers.leaveHeading", { name: fullName })} submit={t("helpers.leave")} danger onClose={() => setAsking(false)}
          onConfirm={async () => {
            await leavePatient(patientId);
            await Promise.all([changed(), refreshMe()]);
          }}
        >
          {t("helpers.leaveText")}
        </ConfirmDialog>
      )}
    </li>
  );
}
