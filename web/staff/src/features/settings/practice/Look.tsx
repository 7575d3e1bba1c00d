import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Label, Radio, RadioGroup } from "react-aria-components/RadioGroup";
import type { Accent } from "@/api/types";
import { Icon } from "@/ui/Icon";
import { Section } from "../parts";
import type { PartProps } from "./field";

/** Never amber, which is for internal notes, and never red, which is for what is urgent. */
const ACCENTS = ["violet", "blue", "teal", "green", "slate"] as const satisfies readonly Accent[];

/** A small piece of the portal in the chosen colour; nothing of it can be pressed. */
function Preview({ accent, name }: { accent: Accent; name: string }) {
  const { t } = useTranslation();
  return (
    <div className="look__preview" data-accent={accent} aria-hidden="true">
      <b className="truncate">{name}</b>
      <span className="look__card"><span className="row__dot" />{t("admin.practice.previewNew")}</span>
      <span className="btn btn--primary">{t("admin.practice.previewAct")}</span>
    </div>
  );
}

/** The colour of the practice's portal. */
export function Look({ draft, change, error }: PartProps) {
  const { t } = useTranslation();
  return (
    <Section title={t("admin.practice.part.look")}>
      <div className="card-item look">
        <RadioGroup className="look__choices" value={draft.accent} onChange={(accent) => change({ accent: accent as Accent })} isInvalid={Boolean(error("/accent"))}>
          <Label className="field__label">{t("admin.practice.field.accent")}</Label>
          <p className="field__hint">{t("admin.practice.hint.accent")}</p>
          {ACCENTS.map((accent) => (
            <Radio key={accent} value={accent} className="look__choice">
              <span className="look__swatch" data-accent={accent} aria-hidden="true"><Icon icon={Check} size="sm" /></span>
              {t(`admin.practice.accent.${accent}`)}
            </Radio>
          ))}
        </RadioGroup>
        <Preview accent={draft.accent} name={draft.name} />
      </div>
    </Section>
  );
}
