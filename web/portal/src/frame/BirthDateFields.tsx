import { useId, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { format } from "@/i18n/dates";
import { FieldError } from "./Field";
import type { WrittenDate } from "./birthDates";

export interface BirthDateFieldsProps {
  value: WrittenDate;
  onChange: (value: WrittenDate) => void;
  error?: string;
  hint?: string;
  /** The first of the three fields. */
  ref?: Ref<HTMLElement>;
}

const MONTHS = Array.from({ length: 12 }, (_, at) => at);
const ORDERS = { en: ["month", "day", "year"], es: ["day", "month", "year"] } as const;

/** Three plain fields: a month by its name, a day and a year in digits. */
export function BirthDateFields({ value, onChange, error, hint, ref }: BirthDateFieldsProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ") || undefined;
  const change = (part: keyof WrittenDate, text: string) => onChange({ ...value, [part]: text });
  const order: readonly (keyof WrittenDate)[] = ORDERS[i18n.language === "es" ? "es" : "en"];
  const frame = (part: keyof WrittenDate) => ({
    id: `${id}-${part}`, value: value[part], "aria-invalid": error ? true : undefined, "aria-describedby": described,
    autoComplete: `bday-${part}`, ref: part === order[0] ? (ref as Ref<never>) : undefined,
  });
  return (
    <fieldset className={error ? "birth-date field--invalid" : "birth-date"}>
      <legend className="field__label">{t("birth.label")}</legend>
      {hint && <p className="field__hint" id={`${id}-hint`}>{hint}</p>}
      <div className="birth-date__parts">
        {order.map((part) => (
          <div key={part} className={`field birth-date__${part}`}>
            <label htmlFor={`${id}-${part}`}>{t(`birth.${part}`)}</label>
            {part === "month" ? (
              <select {...frame(part)} className="input" onChange={(event) => change(part, event.target.value)}>
                <option value="">{t("birth.chooseMonth")}</option>
                {MONTHS.map((at) => (
                  <option key={at} value={at + 1}>{format(i18n.language, { month: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2000, at, 15)))}</option>
                ))}
              </select>
            ) : (
              <input
                {...frame(part)} className="input" inputMode="numeric" maxLength={part === "year" ? 4 : 2}
                placeholder={part === "year" ? t("birth.yearShape") : undefined} onChange={(event) => change(part, event.target.value)}
              />
            )}
          </div>
        ))}
      </div>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </fieldset>
  );
}
