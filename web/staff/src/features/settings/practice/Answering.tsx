import { useTranslation } from "react-i18next";
import { CATEGORIES } from "@/domain/words";
import { Checkbox } from "@/ui/Checkbox";
import { TextField } from "@/ui/TextField";
import { Section } from "../parts";
import type { PartProps } from "./field";
import { Numeral } from "./Numeral";

/** How soon patients may expect an answer, and how long a closed conversation opens again. */
export function Answering(part: PartProps) {
  const { draft, change, error } = part;
  const { t } = useTranslation();
  return (
    <Section title={t("admin.practice.part.answering")}>
      <div className="card-item admin-form">
        <fieldset className="choices-box">
          <legend className="field__label">{t("admin.practice.field.answerTimes")}</legend>
          <p className="field__hint">{t("admin.practice.hint.answerTimes")}</p>
          <div className="admin-pair">
            {CATEGORIES.map((category) => (
              <TextField
                key={category} label={t(`domain.category.${category}`)} placeholder={t("admin.practice.answerExample")} value={draft.answerTimes[category] ?? ""} autoComplete="off"
                onChange={(text) => change({ answerTimes: { ...draft.answerTimes, [category]: text } })} error={category === CATEGORIES[0] ? error("/answerTimes") : undefined}
              />
            ))}
          </div>
        </fieldset>
        <div className="admin-pair"><Numeral name="reopenWindowDays" {...part} /></div>
        <Checkbox isSelected={draft.mailGreetsByName} onChange={(mailGreetsByName) => change({ mailGreetsByName })}>{t("admin.practice.field.mailGreetsByName")}</Checkbox>
      </div>
    </Section>
  );
}
