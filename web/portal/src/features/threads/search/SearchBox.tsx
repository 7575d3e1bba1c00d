import { Search } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { Act } from "../../../frame/Act";

/** As many characters as the server reads. */
const LONGEST = 200;

export interface SearchBoxProps {
  search: string;
  onSearch: (search: string) => void;
}

/** Searches when asked, not while typing: each search reads the record of the patient. */
export function SearchBox({ search, onSearch }: SearchBoxProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState(search);
  const [searched, setSearched] = useState(search);
  // A search that was closed takes its words along; the field stays, and keeps the focus.
  if (searched !== search) {
    setSearched(search);
    setWords(search);
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(words.trim());
  };
  return (
    <form role="search" className="list-search" onSubmit={submit}>
      <div className="grow">
        <div className="input-group">
          <Icon icon={Search} />
          <input
            className="input search" type="search" aria-label={t("search.box")} placeholder={t("search.box")} enterKeyHint="search"
            autoComplete="off" maxLength={LONGEST} value={words} onChange={(event) => setWords(event.target.value)}
          />
        </div>
      </div>
      <Act type="submit" variant="secondary" size="sm">{t("search.submit")}</Act>
    </form>
  );
}
