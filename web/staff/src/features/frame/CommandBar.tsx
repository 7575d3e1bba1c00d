import "../../words/later";
import { useNavigate } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Input } from "react-aria-components/Input";
import { Dialog } from "@/ui/Dialog";
import { Icon } from "@/ui/Icon";
import { availableCommands, type Command } from "../../app/hotkeys";
import { useMay } from "../../app/session";
import { viewFacts, VIEWS } from "../../data/views";

type Runnable = Command & { id: string; keys: string; run: () => void };

/** What may be done here and now, the open conversation first, then every view. */
function useCommands(): Runnable[] {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  // Taken once: what stands behind the bar does not change while it is open.
  const [bound] = useState(availableCommands);
  const acts = bound.map(({ key, ...command }) => ({ ...command, id: key, keys: key.replace("+", " ") }));
  const views = (may("list_threads") ? VIEWS : []).map((view) => {
    const { goto } = viewFacts[view];
    const run = () => void navigate({ to: "/inbox/$view", params: { view } });
    return { id: view, label: t(`view.${view}`), group: "go" as const, keys: goto ? `g ${goto}` : "", run };
  });
  return [...acts.filter(({ group }) => group === "thread"), ...acts.filter(({ group }) => group === "go"), ...views];
}

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
      <span className="grow">{command.label}</span>
      <span className="end" aria-hidden="true">
        {command.keys.split(" ").filter(Boolean).map((key) => <kbd key={key}>{key.toUpperCase().replace("SHIFT", "Shift")}</kbd>)}
      </span>
    </div>
  );
}

/** Ctrl K: every act by a few letters. */
export default function CommandBar({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState("");
  const [index, setIndex] = useState(0);
  const wanted = search.trim().toLocaleLowerCase();
  const shown = useCommands().filter(({ label }) => label.toLocaleLowerCase().includes(wanted));
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
        {(["thread", "go"] as const).map((group) => {
          const members = shown.flatMap((command, place) => (command.group === group ? [{ command, place }] : []));
          return members.length > 0 && (
            <div role="group" key={group} aria-label={t(`commands.${group}`)}>
              <p className="option-group" aria-hidden="true">{t(`commands.${group}`)}</p>
              {members.map(({ command, place }) => (
                <CommandRow key={command.id} command={command} id={`${listId}-${place}`} selected={place === at} onRun={() => run(command)} />
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
