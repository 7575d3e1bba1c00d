import { Check, ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Category } from "@/api/types";
import { CATEGORIES } from "@/domain/words";
import { Icon } from "@/ui/Icon";
import { SHOWS, type ListFilter } from "./filters";

export interface ListToolsProps {
  filter: ListFilter;
  onFilter: (filter: ListFilter) => void;
}

/** Whose turn it is, and what kind. */
export function ListTools({ filter, onFilter }: ListToolsProps) {
  const { t } = useTranslation();
  return (
    <div className="home-tools">
      <div className="filters" role="group" aria-label={t("home.show")}>
        {SHOWS.map((show) => (
          <button
            key={show} type="button" className="filter" aria-pressed={filter.show === show}
            onClick={() => onFilter({ ...filter, show })}
          >
            {filter.show === show && <Icon icon={Check} />}
            {t(`home.${show}`)}
          </button>
        ))}
      </div>
      <label className={filter.kind ? "kind kind--on" : "kind"}>
        <span className="visually-hidden">{t("home.kind")}</span>
        <select
          className="filter" value={filter.kind ?? ""}
          onChange={(event) => onFilter({ ...filter, kind: (event.target.value || undefined) as Category | undefined })}
        >
          <option value="">{t("home.allKinds")}</option>
          {CATEGORIES.map((kind) => <option key={kind} value={kind}>{t(`category.${kind}`)}</option>)}
        </select>
        <Icon icon={ChevronDown} />
      </label>
    </div>
  );
}
