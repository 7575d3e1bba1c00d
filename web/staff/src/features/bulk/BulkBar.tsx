import "../../words/work";
import { Archive, ArchiveRestore, CircleCheck, CircleDot, Ellipsis, ListChecks, Mail, MailOpen, SignalHigh, UserPlus, X } from "lucide-react";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Priority, StaffThread, ThreadAct } from "@/api/types";
import { Button } from "@/ui/Button";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { KeyLayer, useHotkey, useRestingConversation } from "../../app/hotkeys";
import { useMay, useMe } from "../../app/session";
import { useBulkState } from "../../data/bulkState";
import { addSelected, clearSelection, MAX_SELECTED, useSelection, type Ticked } from "../../data/selection";
import { assignAct, useBulkAssignees, usePriorities } from "./bulkActs";
import { BulkReport } from "./BulkReport";
import { useBulk } from "./useBulk";

const SAID_FOR_MS = 6_000;

interface BulkBarProps {
  isOpen: boolean;
  /** The rows as they stand. */
  threads: StaffThread[];
  /** The selection was given up. */
  onDone: () => void;
}

/**
 * Floats over the list while something is selected: how many, what may be done with them, and the way out. What was
 * not done is said after that too.
 */
export function BulkBar({ isOpen, ...rest }: BulkBarProps) {
  const { report } = useBulkState();
  if (!isOpen && !report) return null;
  return (
    <Dock>
      {report && <BulkReport report={report} />}
      {isOpen && <KeyLayer value="selection"><OpenBar {...rest} /></KeyLayer>}
    </Dock>
  );
}

/** Stands over the end of the list, which leaves as much room below as this takes. */
function Dock({ children }: { children: ReactNode }) {
  return <div className="bulk-dock" ref={leaveRoom}>{children}</div>;
}

function leaveRoom(dock: HTMLDivElement | null): (() => void) | undefined {
  const pane = dock?.closest<HTMLElement>(".list-pane");
  if (!dock || !pane) return;
  const observer = new ResizeObserver(() => pane.style.setProperty("--dock-height", `${dock.offsetHeight}px`));
  observer.observe(dock);
  return () => observer.disconnect();
}

/** A word that stays for a while. */
function usePassing(): [boolean, () => void] {
  const [said, setSaid] = useState(0);
  useEffect(() => {
    if (said === 0) return;
    const timer = setTimeout(() => setSaid(0), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return [said > 0, () => setSaid((times) => times + 1)];
}

/** What is ticked, in the list or out of it, each as its row stands or as it was last seen. */
function useTicked(threads: StaffThread[]): Ticked[] {
  const selection = useSelection();
  return useMemo(() => {
    const rows = new Map(threads.map((thread) => [thread.id, thread]));
    return selection.map(({ id, thread }) => ({ id, thread: rows.get(id) ?? thread }));
  }, [selection, threads]);
}

function OpenBar({ threads, onDone }: Omit<BulkBarProps, "isOpen">) {
  const { t } = useTranslation();
  const may = useMay();
  const { user } = useMe();
  const chosen = useTicked(threads);
  const { busy } = useBulkState();
  const run = useBulk(chosen);
  const [keyRests, sayKeyRests] = usePassing();
  const [menu, setMenu] = useState<"assign" | "priority" | null>(null);
  const assignees = useBulkAssignees(chosen);
  const priorities = usePriorities();
  const none = chosen.length === 0;
  const full = chosen.length === MAX_SELECTED;
  const act = (action: ThreadAct) => () => void run(action);
  const open = (which: "assign" | "priority") => (is: boolean) => setMenu(is ? which : null);
  // What is not loaded may be anything: the server judges it.
  const some = (fits: (thread: StaffThread) => boolean) => chosen.some(({ thread }) => !thread || fits(thread));
  const closable = may("close") && some(({ status }) => status !== "closed");
  const away = chosen.filter(({ id }) => !threads.some((row) => row.id === id)).length;
  const unticked = threads.filter(({ id }) => !chosen.some((ticked) => ticked.id === id));

  const clear = () => {
    clearSelection();
    onDone();
  };
  const command = (name: "close" | "markUnread" | "assignMe" | "assign" | "priority") => ({ label: t(`keys.${name}`), group: "selection" as const });
  // In the bar, not as a toast: that may hold the way back of the last act.
  useRestingConversation(sayKeyRests, !none);
  useHotkey("Escape", clear);
  useHotkey("e", act({ type: "close" }), closable, command("close"));
  useHotkey("u", act({ type: "mark-unread" }), !none, command("markUnread"));
  useHotkey("i", act({ type: "assign", assignedTo: user.id }), !none && may("assign"), command("assignMe"));
  useHotkey("a", () => setMenu("assign"), !none && may("assign"), command("assign"));
  useHotkey("p", () => setMenu("priority"), !none && may("set_priority"), command("priority"));

  const more = [
    { id: "all", icon: ListChecks, label: t("bulk.selectLoaded", { count: threads.length }), shown: unticked.length > 0 && !full, run: () => addSelected(unticked) },
    { id: "read", icon: MailOpen, label: t("bulk.markRead"), shown: !none, run: act({ type: "mark-read" }) },
    { id: "unread", icon: Mail, label: t("bulk.markUnread"), hotkey: "U", shown: !none, run: act({ type: "mark-unread" }) },
    { id: "reopen", icon: CircleDot, label: t("bulk.reopen"), shown: may("reopen") && some(({ status }) => status === "closed"), run: act({ type: "reopen" }) },
    { id: "unarchive", icon: ArchiveRestore, label: t("bulk.unarchive"), shown: may("archive") && some(({ archivedAt }) => archivedAt !== null), run: act({ type: "unarchive" }) },
  ].filter(({ shown }) => shown);
  const archivable = may("archive") && some(({ status, archivedAt }) => status === "closed" && archivedAt === null);
  return (
    <div className="bulk" role="group" aria-label={t("bulk.label")} aria-busy={busy}>
      <b role="status">{t(keyRests ? "bulk.keyRests" : busy ? "bulk.busy" : full ? "bulk.full" : "bulk.selected", { count: chosen.length })}</b>
      {away > 0 && <span className="bulk__away">{t("bulk.away", { count: away })}</span>}
      {may("assign") && (
        <Menu label={t("bulk.assign")} placement="top start" groups={assignees} isOpen={menu === "assign"} onOpenChange={open("assign")} onAction={(key) => void run(assignAct(key))} trigger={<Button variant="ghost" className="btn--icon" icon={UserPlus} aria-label={t("bulk.assign")} isDisabled={none} />} />
      )}
      {may("set_priority") && (
        <Menu label={t("bulk.priority")} placement="top start" groups={priorities} isOpen={menu === "priority"} onOpenChange={open("priority")} onAction={(priority) => void run({ type: "priority", priority: priority as Priority })} trigger={<Button variant="ghost" className="btn--icon" icon={SignalHigh} aria-label={t("bulk.priority")} isDisabled={none} />} />
      )}
      {closable && <IconButton icon={CircleCheck} label={t("bulk.close")} hotkey="E" onPress={act({ type: "close" })} />}
      {archivable && <IconButton icon={Archive} label={t("bulk.archive")} onPress={act({ type: "archive" })} />}
      <Menu label={t("bulk.more")} placement="top end" groups={[{ entries: more }]} onAction={(id) => more.find((entry) => entry.id === id)?.run()} trigger={<Button variant="ghost" className="btn--icon" icon={Ellipsis} aria-label={t("bulk.more")} />} />
      <span className="sep" />
      <IconButton icon={X} label={t("bulk.clear")} hotkey="Esc" onPress={clear} />
    </div>
  );
}
