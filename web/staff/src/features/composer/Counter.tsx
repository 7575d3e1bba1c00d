import { useTranslation } from "react-i18next";
import { MESSAGE_LIMIT } from "@/domain/words";
import { VisuallyHidden } from "@/ui/VisuallyHidden";

const ANNOUNCED_FROM = [4500, 4900, 5000];

/** "112 / 5,000", red when over; read out only near and past the limit. */
export function Counter({ length }: { length: number }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => value.toLocaleString(i18n.language === "es" ? "es-US" : "en-US");
  const over = length > MESSAGE_LIMIT;
  const step = ANNOUNCED_FROM.findLast((from) => length >= from);
  return (
    <>
      <span className={over ? "counter counter--over" : "counter"} aria-hidden="true">
        {number(length)} / {number(MESSAGE_LIMIT)}
      </span>
      <span aria-live="polite">
        {step !== undefined && <VisuallyHidden>{over ? t("composer.over", { count: length - MESSAGE_LIMIT }) : t("composer.left", { from: number(step) })}</VisuallyHidden>}
      </span>
    </>
  );
}
