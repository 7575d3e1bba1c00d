import { Search, X } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components/Button";
import { Icon } from "@/ui/Icon";
import { Kbd } from "@/ui/Kbd";
import { onDemand } from "@/ui/onDemand";
import { useHotkey } from "../../app/hotkeys";
import { runSearch, typeSearch, useSearchIn } from "../../data/searchState";
import type { ListView } from "../../data/views";

const Suggestions = onDemand(async () => (await import("../search/Suggestions")).Suggestions);

/** The list's search box. What it suggests and what it finds is fetched once somebody turns to it. */
export function SearchEntry({ view }: { view: ListView }) {
  const { t } = useTranslation();
  const { text, query } = useSearchIn(view.key, view.search);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState<string>();
  const box = useRef<HTMLInputElement>(null);
  const keys = useRef<(event: KeyboardEvent) => boolean>(undefined);
  const listId = useId();
  useHotkey("/", () => box.current?.focus(), true, { label: t("list.searchLabel"), group: "go" });
  const run = (next: string) => {
    setOpen(false);
    runSearch(view.key, next);
  };
  const change = (next: string) => {
    setOpen(true);
    typeSearch(view.key, next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (keys.current?.(event)) event.preventDefault();
    else if (event.key === "Enter") run(text);
    else if (event.key === "Escape") {
      if (isOpen && query) setOpen(false);
      else if (text) change("");
      else box.current?.blur();
      setOpen(false);
    }
  };
  return (
    <div className="search-entry" role="search">
      <div className="input-group">
        <Icon icon={Search} />
        <input
          ref={box} className="input search" type="text" enterKeyHint="search" role="combobox" aria-label={t("list.searchLabel")} aria-autocomplete="list"
          aria-expanded={active !== undefined} aria-controls={listId} aria-activedescendant={active || undefined} placeholder={t("list.searchHint")} value={text}
          autoComplete="off" spellCheck="false" maxLength={200} onChange={(event) => change(event.target.value)} onKeyDown={onKeyDown}
          onPointerEnter={Suggestions.preload} onFocus={() => setOpen(true)} onBlur={() => setOpen(false)}
        />
        {text === "" ? (
          <Kbd>/</Kbd>
        ) : (
          // Escape does the same by key; by touch the focus stays in the box, and with it the keyboard.
          <Button className="btn btn--ghost btn--icon btn--sm" aria-label={t("list.clearSearch")} excludeFromTabOrder preventFocusOnPress onPressStart={() => box.current?.focus()} onPress={() => change("")}>
            <Icon icon={X} />
          </Button>
        )}
      </div>
      <Suggestions isOpen={isOpen} text={text} listId={listId} keys={keys} onActive={setActive} onType={change} onRun={run} onMissing={() => setOpen(false)} />
    </div>
  );
}
