import "../../words/work";
import { Search } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Input } from "react-aria-components/Input";
import { Dialog } from "@/ui/Dialog";
import { Icon } from "@/ui/Icon";
import { GROUPS, useCommands, type Runnable } from "./useCommands";

interface CommandRowProps {
  command: Runnable;
  id: string;
  selected: boolean;
  onRun: () => void;
}

function CommandRow({ command, id, selected, onRun }: CommandRowProps) {
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the box above moves and runs by keys
    <div id={id} className="option" role="option" tabIndex={-1} aria-selected={selected} onClick={onRun}>
      <span className="grow truncate">
        {command.label}
        {command.detail && <span className="faint"> {command.detail}</span>}
      </span>
      <span className="end" aria-hidden="true">
        {command.keys.split(" ").filter(Boolean).map((key) => <kbd key={key}>{key.toUpperCase().replace("SHIFT", "Shift")}</kbd>)}
      </span>
    </div>
  );
}

/** Ctrl K: every act, view and person by a few letters. */
export default function CommandBar({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState("");
  const [index, setIndex] = useState(0);
  const shown = useCommands(search.trim());
  const at = Math.min(index, shown.length - 1);
  useEffect(() => {
    void list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const run = (command: Runnable | undefined) => {
    if (!command) return;
    onClose();
    // After the bar has given the focus back.
    setTimeout(command.run, 50);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setIndex(Math.min(at + 1, shown.length - 1));
    else if (event.key === "ArrowUp") setIndex(Math.max(at - 1, 0));
    else if (event.key === "Enter") run(shown[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("commands.title")} className="palette" atTop>
      <div className="palette__input">
        <Icon icon={Search} />
        <Input
          autoFocus className="picker__input" role="combobox" aria-expanded="true" aria-controls={listId} aria-label={t("commands.hint")}
          aria-activedescendant={at >= 0 ? `${listId}-${at}` : undefined} placeholder={t("commands.hint")} value={search}
          autoComplete="off" spellCheck="false" onChange={(event) => { setSearch(event.target.value); setIndex(0); }} onKeyDown={onKeyDown}
        />
      </div>
      <div className="palette__list" role="listbox" id={listId} aria-label={t("commands.title")} ref={list}>
        {GROUPS.map((group) => {
          const members = shown.flatMap((command, place) => (command.group === group ? [{ command, place }] : []));
          return members.length > 0 && (
            <div role="group" key={group} aria-label={t(`commands.${group}`)}>
              <p className="option-group" aria-hidden="true">{t(`commands.${group}`)}</p>
              {members.map(({ command, place }) => (
                <CommandRow key={`${group} ${command.id}`} command={command} id={`${listId}-${place}`} selected={place === at} onRun={() => run(command)} />
              ))}
            </div>
          );
        })}
      </div>
      {shown.length === 0 && <p className="palette__none" role="status">{t("commands.none")}</p>}
      <div className="palette__foot">
        <span><kbd>↑</kbd><kbd>↓</kbd> {t("commands.move")}</span>
        <span><kbd>↵</kbd> {t("commands.run")}</span>
      </div>
    </Dialog>
  );
}
