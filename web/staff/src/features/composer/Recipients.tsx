import { useTranslation } from "react-i18next";
import type { StaffThreadDetail } from "@/api/types";
import { shortName } from "@/domain/words";

/** "To NAME", every proxy who will read it too, and how the reader learns of it. */
export function Recipients({ thread }: { thread: StaffThreadDetail }) {
  const { t } = useTranslation();
  const { patient, isConfidential } = thread;
  // A confidential conversation is never shown to a proxy.
  const proxies = isConfidential ? [] : patient.proxies.map((proxy) => `${proxy.fullName} (${t(`domain.relationship.${proxy.relationship}`)})`);
  const first = shortName(patient.fullName);
  return (
    <span className="truncate">
      {t("composer.to")} <b>{patient.fullName}</b>.{" "}
      {proxies.length > 0
        ? t("composer.proxies", { count: proxies.length, names: proxies.join(", ") })
        : t(patient.portalAccount ? "composer.mailed" : "composer.noAccount", { name: first })}
    </span>
  );
}
