import { useTranslation } from "react-i18next";
import { shortName } from "@/domain/words";
import { ReachUs } from "../practice/ReachUs";
import { usePatient } from "../session/session";

/** How to reach the practice, and who can read what is written here. */
export function HelpColumn() {
  const { t } = useTranslation();
  const { fullName, relationship } = usePatient();
  return (
    <>
      <ReachUs />
      <section>
        <h2>{t("reach.private")}</h2>
        <p className="muted">
          {relationship === "self" ? t("reach.privateSelf") : t("reach.privateFor", { name: shortName(fullName) })}
        </p>
      </section>
    </>
  );
}
