import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Banner } from "@/ui/Banner";
import { Checkbox } from "@/ui/Checkbox";
import { Bone, Skeleton } from "@/ui/Skeleton";
import { problemText } from "../../app/problemText";
import { practiceSearchOptions, setBodySearch } from "../../data/search";

const WATCH_EVERY_MS = 5_000;

/** Whether the practice searches message texts, and how far its index has come. */
export function SearchSettings() {
  const { t, i18n } = useTranslation();
  const { data, isError } = useQuery({
    ...practiceSearchOptions(),
    // An index that is being built is watched by whoever looks at this page.
    refetchInterval: (query) => (query.state.data?.index.state === "building" ? WATCH_EVERY_MS : false),
  });
  const [failure, setFailure] = useState<unknown>(null);
  const change = (on: boolean) => {
    setFailure(null);
    setBodySearch(on).catch(setFailure);
  };
  return (
    <section className="settings" aria-labelledby="settings-search">
      <h2 id="settings-search">{t("settings.search.title")}</h2>
      <p className="muted">{t("settings.search.text")}</p>
      {Boolean(failure) && <Banner tone="danger" live="alert">{problemText(t, failure)}</Banner>}
      {isError && !data && <Banner tone="danger">{t("settings.search.failed")}</Banner>}
      {!data && !isError && <Skeleton label={t("list.loading")}><Bone className="w-7/12" /></Skeleton>}
      {data && (
        <div className="card-item">
          <Checkbox isSelected={data.bodySearch} onChange={change}>{t("settings.search.body")}</Checkbox>
          <p className="muted" role="status">
            {t(`settings.search.index.${data.index.state}`, { indexed: data.index.indexed.toLocaleString(i18n.language) })}
          </p>
        </div>
      )}
    </section>
  );
}
