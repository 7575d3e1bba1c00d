import "../../words/work";
import { Clock, ListFilter, SquareUserRound, TextSearch, UserRound, type LucideIcon } from "lucide-react";
import { useEffect, useState, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { SearchSuggestion } from "@/api/types";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { clearRecent } from "../../data/search";
import { valueAtEnd } from "./query";
import { useFilterWords } from "./useFilterWords";
import { useSuggestions } from "./useSuggestions";

interface SuggestionsProps {
  isOpen: boolean;
  text: string;
  listId: string;
  /** What the box asks first; answers whether it has done something with the key. */
  keys: RefObject<((event: KeyboardEvent) => boolean) | undefined>;
  /** "" while the list stands and none is chosen; undefined when it is gone. */
  onActive: (id: string | undefined) => void;
  onType: (text: string) => void;
  onRun: (query: string) => void;
}

const icons: Record<SearchSuggestion["kind"], LucideIcon> = {
  recent: Clock, operator: ListFilter, value: ListFilter, person: SquareUserRound, patient: UserRound, word: TextSearch,
};

/** Whether a query still waits for a value, as `from:` does. */
const isOpenEnded = (query: string) => query.endsWith(":");

interface OptionProps {
  suggestion: SearchSuggestion;
  id: string;
  selected: boolean;
  onTake: () => void;
}

function Option({ suggestion, id, selected, onTake }: OptionProps) {
  const { t } = useTranslation();
  const words = useFilterWords();
  // A value reads as its chip will read, with what it types at its end, or how long ago that is.
  const value = suggestion.kind === "value" ? valueAtEnd(suggestion.query) : undefined;
  const label = value ? words({ ...value, label: suggestion.label }) : suggestion.label;
  const detail = suggestion.detail ?? (value ? `${value.name}:${value.value}` : t(`search.kind.${suggestion.kind}`));
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the box moves and takes by keys
    <div id={id} className="option" role="option" tabIndex={-1} aria-selected={selected} onClick={onTake}>
      <Icon icon={icons[suggestion.kind]} />
      <span className="truncate">{label}</span>
      <span className="end truncate">{detail}</span>
    </div>
  );
}

/** How the query may go on: arrows choose, Enter takes and searches, Tab completes. */
export function Suggestions({ isOpen, ...rest }: SuggestionsProps) {
  return isOpen ? <OpenSuggestions {...rest} /> : null;
}

function OpenSuggestions({ text, listId, keys, onActive, onType, onRun }: Omit<SuggestionsProps, "isOpen">) {
  const { t } = useTranslation();
  const shown = useSuggestions(text);
  const [chosen, setChosen] = useState({ text, at: -1 });
  const at = chosen.text === text ? Math.min(chosen.at, shown.length - 1) : -1;
  const stands = shown.length > 0;
  const activeId = at >= 0 ? `${listId}-${at}` : "";
  useEffect(() => onActive(stands ? activeId : undefined), [onActive, stands, activeId]);
  useEffect(() => () => onActive(undefined), [onActive]);
  useEffect(() => {
    if (activeId) void document.getElementById(activeId)?.scrollIntoView({ block: "nearest" });
  }, [activeId]);
  const take = ({ query }: SearchSuggestion) => (isOpenEnded(query) || (text.trim() === "" && query.endsWith(" ")) ? onType(query) : onRun(query));
  const move = (by: number) => setChosen({ text, at: Math.max(-1, Math.min(at + by, shown.length - 1)) });

  useEffect(() => {
    keys.current = (event) => {
      if (event.key === "ArrowDown" && stands) move(1);
      else if (event.key === "ArrowUp" && stands) move(-1);
      else if (event.key === "Enter" && shown[at]) take(shown[at]);
      else if (event.key === "Tab" && !event.shiftKey) {
        const completion = shown[at] ?? (text.trim() ? shown[0] : undefined);
        // Nothing left to complete: Tab goes on to what follows, as everywhere.
        if (!completion || completion.query.trim() === text.trim()) return false;
        onType(completion.query);
      } else return false;
      return true;
    };
    return () => {
      keys.current = undefined;
    };
  });
  if (!stands) return null;
  const recent = text.trim() === "" && shown[0]?.kind === "recent";
  return (
    // The box keeps the focus, and with it what is typed.
    <div className="menu suggestions" role="presentation" onMouseDown={(event) => event.preventDefault()}>
      <div role="listbox" id={listId} aria-label={t("search.suggestions")}>
        {shown.map((suggestion, place) => (
          <Option key={`${suggestion.kind} ${suggestion.query}`} suggestion={suggestion} id={`${listId}-${place}`} selected={place === at} onTake={() => take(suggestion)} />
        ))}
      </div>
      <div className="picker__foot suggestions__foot">
        <span><kbd>Tab</kbd> {t("search.complete")}</span>
        <span><kbd>↵</kbd> {t("search.run")}</span>
        {recent && <Button variant="ghost" size="sm" className="ml-auto" excludeFromTabOrder preventFocusOnPress onPress={() => void clearRecent().catch(() => undefined)}>{t("search.clearRecent")}</Button>}
      </div>
    </div>
  );
}
