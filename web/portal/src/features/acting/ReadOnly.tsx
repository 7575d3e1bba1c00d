import { Eye } from "lucide-react";
import { useTranslation } from "react-i18next";
import { shortName } from "@/domain/words";
import { Banner } from "@/ui/Banner";
import { PhoneSentence } from "../../practice/PhoneSentence";
import { usePatient } from "../../session/session";

/** Why there is nothing to write in: the reader's access to this patient is to read. */
export function ReadOnly() {
  const { t } = useTranslation();
  return (
    <Banner tone="info" icon={Eye}>
      <b>{t("acting.readOnly")}</b>
      <PhoneSentence i18nKey="acting.readOnlyHint" values={{ name: shortName(usePatient().fullName) }} />
    </Banner>
  );
}
