import { useQuery } from "@tanstack/react-query";
import { DatabaseZap, EyeOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Banner } from "@/ui/Banner";
import { practiceSearchOptions } from "../../data/search";

/** What the results may be missing: texts that are not searched, or not indexed yet. */
export function SearchNotices({ bodySearch }: { bodySearch: boolean }) {
  const { t } = useTranslation();
  const { data } = useQuery(practiceSearchOptions());
  if (!bodySearch) return <Banner tone="quiet" icon={EyeOff}>{t("search.bodyOff")}</Banner>;
  if (data?.index.state !== "building") return null;
  return (
    <Banner tone="info" icon={DatabaseZap} live="status">
      <b>{t("search.building")}</b> {t("search.buildingMore")}
    </Banner>
  );
}
