import { memo, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ComboBox } from "@/ui/ComboBox";
import { TextArea } from "@/ui/TextArea";
import { TextField } from "@/ui/TextField";
import { Section } from "../parts";
import type { PartProps } from "./field";

const named = (zones: string[]) => zones.map((id) => ({ id, label: id.replaceAll("_", " ") }));

interface ZoneProps {
  zone: string;
  change: PartProps["change"];
  error?: string;
}

/** Several hundred choices: drawn anew for their own changes alone. */
const Zone = memo(function Zone({ zone, change, error }: ZoneProps) {
  const { t } = useTranslation();
  const zones = useMemo(() => {
    const known = Intl.supportedValuesOf("timeZone");
    return named(known.includes(zone) ? known : [zone, ...known]);
  }, [zone]);
  return (
    <ComboBox
      label={t("admin.practice.field.timeZone")} hint={t("admin.practice.hint.timeZone")} openLabel={t("admin.practice.zones")} none={t("admin.practice.noZone")}
      options={zones} value={zone} onChange={(timeZone) => change({ timeZone })} error={error}
    />
  );
});

/** What the practice is called, how it is reached and where it is. */
export function Identity({ draft, change, error }: PartProps) {
  const { t } = useTranslation();
  return (
    <Section title={t("admin.practice.part.identity")}>
      <div className="card-item admin-form">
        <div className="admin-pair">
          <TextField label={t("admin.practice.field.name")} value={draft.name} onChange={(name) => change({ name })} error={error("/name")} autoComplete="off" />
          <TextField label={t("admin.practice.field.phone")} type="tel" value={draft.phone} onChange={(phone) => change({ phone })} error={error("/phone")} autoComplete="off" />
        </div>
        <TextArea label={t("admin.practice.field.emergencyText")} hint={t("admin.practice.hint.emergencyText")} rows={3} value={draft.emergencyText} onChange={(emergencyText) => change({ emergencyText })} error={error("/emergencyText")} />
        <Zone zone={draft.timeZone} change={change} error={error("/timeZone")} />
      </div>
    </Section>
  );
}
