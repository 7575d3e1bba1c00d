import { useTranslation } from "react-i18next";
import { MESSAGE_LIMIT } from "@/domain/words";

const MARKS = [4_500, 4_900, MESSAGE_LIMIT];

/** "166 of 5,000"; said aloud only where it matters: near the end and beyond it. */
export function Counter({ used }: { used: number }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => value.toLocaleString(i18n.language === "es" ? "es-US" : "en-US");
  const over = used - MESSAGE_LIMIT;
  // The text changes only when a mark is passed, so that readers are not told of every letter.
  const mark = MARKS.findLast((limit) => used >= limit);
  const said = over > 0 ? t("field.over", { count: over }) : mark === undefined ? "" : t("field.left", { count: MESSAGE_LIMIT - mark });
  return (
    <>
      <span className={over > 0 ? "num over" : "num"}>{t("field.counter", { used: number(used), max: number(MESSAGE_LIMIT) })}</span>
      <span className="visually-hidden" role="status">{said}</span>
    </>
  );
}
