import { useTranslation } from "react-i18next";
import type { IgnoredPart, UnderstoodQuery as Reading } from "@/api/types";
import { FilterChip } from "@/ui/Chip";
import { completed } from "./query";
import { useFilterWords } from "./useFilterWords";

function Ignored({ part }: { part: IgnoredPart }) {
  const { t } = useTranslation();
  const example = completed(part.text);
  return (
    <li>
      <span className="strong">“{part.text}”</span> {example ? t("search.ignored.noValue", { example }) : t(`search.ignored.${part.reason}`)}
    </li>
  );
}

interface UnderstoodProps {
  reading: Reading;
  onRemove: (filter: Reading["filters"][number]) => void;
}

/** How the query was read: each filter with its remove button, and whatever was left out with the reason. */
export function Understood({ reading, onRemove }: UnderstoodProps) {
  const { t } = useTranslation();
  const words = useFilterWords();
  const { filters, ignored } = reading;
  return (
    <>
      {filters.length > 0 && (
        <div className="found__chips" role="group" aria-label={t("search.filters")}>
          {filters.map((filter) => (
            <FilterChip key={`${filter.name}:${filter.value}`} removeLabel={t("filter.remove", { name: words(filter) })} onRemove={() => onRemove(filter)}>
              <span className="truncate">{words(filter)}</span>
            </FilterChip>
          ))}
        </div>
      )}
      {ignored.length > 0 && (
        <ul className="found__ignored" aria-label={t("search.ignored.title")}>
          {ignored.map((part, at) => <Ignored key={at} part={part} />)}
        </ul>
      )}
    </>
  );
}
