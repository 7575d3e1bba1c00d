import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { practiceOptions } from "../../../data/admin/practice";
import { Loaded } from "../parts";
import { PracticeForm } from "./PracticeForm";

/** What the practice decides for itself, as one form. */
export function PracticePage() {
  const { t } = useTranslation();
  // While somebody fills in the form, it does not change under their hands.
  const query = useQuery({ ...practiceOptions(), refetchOnWindowFocus: false, refetchOnReconnect: false });
  return (
    <div className="page-body admin-one">
      <h2>{t("admin.practice.title")}</h2>
      <Loaded query={query}>{(settings) => <PracticeForm settings={settings} />}</Loaded>
    </div>
  );
}
