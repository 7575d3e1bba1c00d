import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Lock, Reply, Search, TextCursorInput, X } from "lucide-react";
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button as AriaButton } from "react-aria-components/Button";
import { Input } from "react-aria-components/Input";
import type { CannedResponse, Category } from "@/api/types";
import { CategoryBadge } from "@/domain/badges";
import { CATEGORIES, findBlanks } from "@/domain/words";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { Menu } from "@/ui/Menu";
import { cannedOptions } from "../../data/canned";
import type { Mode } from "./drafts";

interface CannedPickerProps {
  mode: Mode;
  /** The conversation's category: its responses come first. */
  category: Category;
  onInsert: (text: string) => void;
  onClose: () => void;
}

/** Matches title or text, the conversation's own category first. */
function useMatches(search: string, only: Category | null, first: Category): CannedResponse[] {
  const { data = [] } = useQuery(cannedOptions());
  return useMemo(() => {
    const wanted = search.trim().toLocaleLowerCase();
    return data
      .filter((response) => only === null || response.category === only)
      .filter(({ title, responseText }) => `${title} ${responseText}`.toLocaleLowerCase().includes(wanted))
      .sort((a, b) => Number(b.category === first) - Number(a.category === first));
  }, [data, search, only, first]);
}

function Preview({ response, mode }: { response: CannedResponse; mode: Mode }) {
  const { t } = useTranslation();
  const blanks = findBlanks(response.responseText);
  let at = 0;
  const parts = blanks.flatMap((blank) => {
    const before = response.responseText.slice(at, blank.start);
    at = blank.end;
    return [before, <span className="blank" key={blank.start}>{blank.text}</span>];
  });
  return (
    <>
      <p className="whitespace-pre-wrap">{parts}{response.responseText.slice(at)}</p>
      {blanks.length > 0 && mode === "reply" && (
        <Banner tone="danger" icon={TextCursorInput}>
          <b>{t("picker.blanks", { count: blanks.length })}</b> {t("picker.blanksText")}
        </Banner>
      )}
    </>
  );
}

/** Canned responses over the composer: search, choose with the arrows, read the preview, insert. */
export function CannedPicker({ mode, category, onInsert, onClose }: CannedPickerProps) {
  const { t } = useTranslation();
  const listId = useId();
  const [search, setSearch] = useState("");
  const [only, setOnly] = useState<Category | null>(null);
  const [index, setIndex] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const matches = useMatches(search, only, category);
  const at = Math.min(index, matches.length - 1);
  const chosen = matches[at];
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    // Braces matter: browsers may answer a scroll with a promise, which is no cleanup.
    void list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setIndex(Math.min(at + 1, matches.length - 1));
    else if (event.key === "ArrowUp") setIndex(Math.max(at - 1, 0));
    else if (event.key === "Enter" && chosen) onInsert(chosen.responseText);
    else if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") onClose();
  };
  const categories = [{ id: "all", label: t("picker.all") }, ...CATEGORIES.map((id) => ({ id, label: t(`domain.category.${id}`), content: <CategoryBadge category={id} /> }))];
  return (
    <div className="composer-pop">
      <div className="menu picker" role="dialog" aria-label={t("composer.canned")}>
        <div className="picker__search">
          <Icon icon={Search} />
          <Input
            ref={input} className="picker__input" role="combobox" aria-expanded="true" aria-controls={listId}
            aria-activedescendant={chosen ? `${listId}-${chosen.id}` : undefined} aria-label={t("picker.search")}
            placeholder={t("picker.search")} value={search} autoComplete="off" spellCheck="false"
            onChange={(event) => { setSearch(event.target.value); setIndex(0); }} onKeyDown={onKeyDown}
          />
          <Menu
            label={t("filter.category")} placement="bottom end" groups={[{ entries: categories }]} selected={only ?? "all"}
            onAction={(id) => { setOnly(id === "all" ? null : (id as Category)); setIndex(0); }}
            trigger={
              <AriaButton className="btn btn--ghost btn--sm">
                {only ? t(`domain.category.${only}`) : t("picker.all")}
                <Icon icon={ChevronDown} size="sm" />
              </AriaButton>
            }
          />
          <Button variant="ghost" size="sm" className="btn--icon" icon={X} aria-label={t("close")} onPress={onClose} />
        </div>
        <div className={`picker__target picker__target--${mode}`}>
          <Icon icon={mode === "note" ? Lock : Reply} size="sm" />
          {t(`picker.target.${mode}`)}
        </div>
        <div className="picker__cols">
          <div className="picker__list" role="listbox" id={listId} aria-label={t("composer.canned")} ref={list}>
            {matches.map((response, place) => (
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the search box above moves and chooses by keys
              <div key={response.id} id={`${listId}-${response.id}`} className="option" role="option" tabIndex={-1} aria-selected={place === at} onClick={() => setIndex(place)} onDoubleClick={() => onInsert(response.responseText)}>
                <span className="truncate">{response.title}</span>
                <CategoryBadge category={response.category} />
              </div>
            ))}
          </div>
          <div className="picker__preview" role="region" aria-label={t("picker.preview")} tabIndex={0}>
            {chosen ? <Preview response={chosen} mode={mode} /> : <p className="muted">{t("picker.none")}</p>}
          </div>
        </div>
        <div className="picker__foot">
          <span><kbd>↑</kbd><kbd>↓</kbd> {t("picker.choose")}</span>
          <span><kbd>↵</kbd> {t("picker.insertKey")}</span>
          <span><kbd>Esc</kbd> {t("picker.back")}</span>
          <Button variant="tinted" size="sm" className="ml-auto" unavailable={!chosen} onPress={() => chosen && onInsert(chosen.responseText)}>{t("picker.insert")}</Button>
        </div>
      </div>
    </div>
  );
}
