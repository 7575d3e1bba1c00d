import { useTranslation } from "react-i18next";
import { Checkbox } from "@/ui/Checkbox";
import { TextArea } from "@/ui/TextArea";
import { Section } from "../parts";
import type { PartProps } from "./field";
import { Numeral } from "./Numeral";

/** How staff sign in and from where, and how long everybody may be idle. */
export function Access(part: PartProps) {
  const { draft, change, error } = part;
  const { t } = useTranslation();
  return (
    <Section title={t("admin.practice.part.access")}>
      <div className="card-item admin-form">
        <Checkbox isSelected={draft.staffMfaRequired} onChange={(staffMfaRequired) => change({ staffMfaRequired })}>{t("admin.practice.field.staffMfaRequired")}</Checkbox>
        <div className="admin-pair">
          <Numeral name="staffIdleMinutes" {...part} />
          <Numeral name="portalIdleMinutes" {...part} />
          <Numeral name="mobileIdleDays" {...part} />
        </div>
        <TextArea
          label={t("admin.practice.field.staffAddresses")} hint={t("admin.practice.hint.staffAddresses")} rows={4}
          value={draft.staffAddresses.join("\n")} onChange={(text) => change({ staffAddresses: text === "" ? [] : text.split("\n") })} error={error("/staffAddresses")}
        />
      </div>
    </Section>
  );
}
