import { useTranslation } from "react-i18next";
import { Checkbox } from "@/ui/Checkbox";
import { Section } from "../parts";
import type { PartProps } from "./field";
import { Numeral } from "./Numeral";

/** How patients and those who act for them come to an account. */
export function Patients(part: PartProps) {
  const { draft, change } = part;
  const { t } = useTranslation();
  return (
    <Section title={t("admin.practice.part.patients")}>
      <div className="card-item admin-form">
        <div className="admin-pair"><Numeral name="majorityAge" {...part} /></div>
        <Checkbox isSelected={draft.patientsMayInvite} onChange={(patientsMayInvite) => change({ patientsMayInvite })}>{t("admin.practice.field.patientsMayInvite")}</Checkbox>
        <Checkbox isSelected={draft.identityCheck} onChange={(identityCheck) => change({ identityCheck })}>{t("admin.practice.field.identityCheck")}</Checkbox>
      </div>
    </Section>
  );
}
