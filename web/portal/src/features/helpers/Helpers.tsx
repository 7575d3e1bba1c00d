import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../frame/Loaded";
import { PageHeading } from "../../frame/PageHeading";
import { useMe } from "../../session/session";
import { grantsQuery } from "./queries";
import { WhoHelps } from "./WhoHelps";
import { WhomYouHelp } from "./WhomYouHelp";

/** "Who can help you", for whoever is a patient, and "Whom you help". */
export function Helpers() {
  const { t } = useTranslation();
  const isPatient = useMe().patients.some(({ relationship }) => relationship === "self");
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
            {isPatient && <WhoHelps grants={grants} />}
            {(grants.mine.length > 0 || !isPatient) && <WhomYouHelp mine={grants.mine} />}
          </>
        )}
      </Loaded>
    </>
  );
}
