import { Trans, useTranslation } from "react-i18next";
import type { Category } from "@/api/types";
import { CategoryIcon } from "@/domain/icons";
import { FieldError } from "../../frame/Field";
import { OwnWords } from "../../practice/OwnWords";
import { usePractice } from "../../practice/practices";

/** In the order of what patients ask for most. */
const ORDER = ["medical", "prescription", "appointment", "billing", "general", "other"] as const satisfies readonly Category[];

export interface CategoryChoiceProps {
  id: string;
  value: Category | undefined;
  error?: string;
  onChange: (category: Category) => void;
}

/** "What is it about?", with the time in which the practice usually answers, where it says one. */
export function CategoryChoice({ id, value, error, onChange }: CategoryChoiceProps) {
  const { t } = useTranslation();
  const { answerTimes } = usePractice();
  return (
    <fieldset className={error ? "fieldset--invalid" : undefined} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="field__label legend">{t("compose.about")}</legend>
      <div className="choices">
        {ORDER.map((category, index) => {
          const time = answerTimes.find((answer) => answer.category === category)?.text;
          return (
            <label className="choice" key={category}>
              <CategoryIcon category={category} />
              <span>
                <b>{t(`compose.choice.${category}`)}</b>
                {time && <small><Trans i18nKey="compose.answerIn" components={{ time: <OwnWords text={time} /> }} /></small>}
              </span>
              <input
                className="visually-hidden" type="radio" name="about" id={index === 0 ? id : undefined}
                checked={value === category} onChange={() => onChange(category)}
              />
              <span className="radio" aria-hidden="true" />
            </label>
          );
        })}
      </div>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </fieldset>
  );
}
