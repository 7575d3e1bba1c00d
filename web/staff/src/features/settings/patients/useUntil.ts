import { useTranslation } from "react-i18next";
import { calendarDate } from "@/i18n/birthDates";
import { dayOf } from "./patientWords";

/** Words for when a grant ends. */
export function useUntil() {
  const { t, i18n } = useTranslation();
  return (at: string | null) => {
    const day = dayOf(at);
    return day ? calendarDate(day, i18n.language) : t("admin.accounts.noEnd");
  };
}
