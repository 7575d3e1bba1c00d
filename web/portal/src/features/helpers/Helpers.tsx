import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Act } from "../../frame/Act";
import { Loaded } from "../../frame/Loaded";
import { PageHeading } from "../../frame/PageHeading";
import { Trouble } from "../../frame/Trouble";
import { useAct } from "../../frame/useAct";
import { actFor, useMe, usePatient } from "../../session/session";
import { grantsQuery } from "./queries";
import { WhoHelps } from "./WhoHelps";
import { WhomYouHelp } from "./WhomYouHelp";

/** "Who can help you", for whoever is a patient, and "Whom you help". */
export function Helpers() {
  const { t } = useTranslation();
  const own = useMe().patients.find(({ relationship }) => relationship === "self");
  const isOwnTurn = usePatient().id === own?.id;
  const isPatient = own !== undefined;
  const query = useQuery(grantsQuery);
  return (
    <>
      <div>
        <PageHeading>{t(isPatient ? "helpers.heading" : "helpers.headingHelper")}</PageHeading>
        <p className="lede">{t(isPatient ? "helpers.lede" : "helpers.ledeHelper")}</p>
      </div>
      <Loaded query={query}>
        {(grants) => (
          <>
            {own && (isOwnTurn ? <WhoHelps grants={grants} /> : <OwnTurn patientId={own.id} />)}
            {(grants.mine.length > 0 || !isPatient) && <WhomYouHelp mine={grants.mine} />}
          </>
        )}
      </Loaded>
    </>
  );
}

/** Who helps the reader is told, and changed, while they are here for themselves. */
function OwnTurn({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const act = useAct();
  return (
    <section className="card stack">
      <p>{t("helpers.elsewhere", { name: usePatient().fullName })}</p>
      <Trouble error={act.error} />
      <div className="send-row"><Act variant="secondary" unavailable={act.busy} onClick={() => void act.run(() => actFor(patientId))}>{t("helpers.backToSelf")}</Act></div>
    </section>
  );
}
