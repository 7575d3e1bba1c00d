import { useTranslation } from "react-i18next";
import { UrgentSection } from "../../practice/UrgentNotice";
import { redFlagIn } from "./redFlags";

/** Comes while somebody writes what should not wait. It never blocks sending. */
export function RedFlagNotice({ text }: { text: string }) {
  const { t } = useTranslation();
  const flag = redFlagIn(text);
  if (!flag) return null;
  return <div role="alert"><UrgentSection heading={t(`redFlag.${flag}`)} text={t("redFlag.text")} /></div>;
}
