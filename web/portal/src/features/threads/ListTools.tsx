import { Check, ChevronDown, Search, X } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Category } from "@/api/types";
import { CATEGORIES } from "@/domain/words";
import { Icon } from "@/ui/Icon";
import { Act } from "../../frame/Act";
import { SHOWS, type ListFilter } from "./filters";

export interface ListToolsProps {
  filter: ListFilter;
  onFilter: (filter: ListFilter) => void;
  search: string;
  onSearch: (search: string) => void;
}

/** Whose turn it is, what kind, and a search of one's own messages. */
export function ListTools({ filter, onFilter, search, onSearch }: ListToolsProps) {
  const { t } = useTranslation();
  const [searching, setSearching] = useState(search !== "");
  const close = () => {
    setSearching(false);
    if (search) onSearch("");
  };
  return (
    <>
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
        <button
          type="button" className="filter" aria-expanded={searching} aria-controls={searching ? "search" : undefined}
          onClick={() => (searching ? close() : setSearching(true))}
        >
          <Icon icon={searching ? X : Search} />
          {t(searching ? "home.searchClose" : "home.searchSubmit")}
        </button>
      </div>
      {searching && <SearchBox key={search} search={search} onSearch={onSearch} />}
    </>
  );
}

/** Searches when asked, not while typing: each search reads the record of the patient. */
function SearchBox({ search, onSearch }: Pick<ListToolsProps, "search" | "onSearch">) {
  const { t } = useTranslation();
  const [words, setWords] = useState(search);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(words.trim());
  };
  return (
    <form role="search" id="search" className="list-search" onSubmit={submit}>
      <div className="grow">
        <div className="input-group">
          <Icon icon={Search} />
          <input
            className="input search" type="search" aria-label={t("home.search")} placeholder={t("home.search")}
            autoComplete="off" maxLength={200} autoFocus value={words} onChange={(event) => setWords(event.target.value)}
          />
        </div>
      </div>
      <Act type="submit" variant="secondary" size="sm">{t("home.searchSubmit")}</Act>
    </form>
  );
}
