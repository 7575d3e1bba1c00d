import { ChevronDown } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components/Button";
import type { Category, Priority, StaffThread, Status } from "@/api/types";
import { CategoryBadge, PriorityBadge, StatusBadge } from "@/domain/badges";
import { CATEGORIES, PRIORITIES } from "@/domain/words";
import { Icon } from "@/ui/Icon";
import { Menu, type MenuGroup } from "@/ui/Menu";
import { VisuallyHidden } from "@/ui/VisuallyHidden";
import { useHotkey } from "../../app/hotkeys";
import { useMay } from "../../app/session";
import { statusesByHand } from "../../data/threads";
import type { ThreadActions } from "./useThreadActions";

export interface ControlProps {
  thread: StaffThread;
  actions: ThreadActions;
}

interface PickProps {
  label: string;
  groups: MenuGroup[];
  selected?: string;
  hotkey: string;
  command: string;
  onAction: (id: string) => void;
  children: ReactNode;
}

/** A badge that opens a menu; its key opens it too. */
export function Pick({ label, groups, selected, hotkey, command, onAction, children }: PickProps) {
  const [open, setOpen] = useState(false);
  useHotkey(hotkey, () => setOpen(true), true, { label: command, group: "thread" });
  return (
    <Menu
      label={label}
      groups={groups}
      selected={selected}
      onAction={onAction}
      isOpen={open}
      onOpenChange={setOpen}
      trigger={
        <Button className="pick">
          <VisuallyHidden>{label}</VisuallyHidden>
          {children}
          <Icon icon={ChevronDown} />
        </Button>
      }
    />
  );
}

/** Where the conversation stands; closing and reopening are acts of their own. */
export function StatusControl({ thread, actions }: ControlProps) {
  const { t } = useTranslation();
  const may = useMay();
  const statuses = statusesByHand(thread.status, may("approve"));
  const badge = <StatusBadge status={thread.status} />;
  if (!may("set_status") || statuses.length === 0) return <span className="pick pick--fixed">{badge}</span>;
  return (
    <Pick
      label={t("control.status")}
      hotkey="s"
      command={t("keys.status")}
      selected={thread.status}
      groups={[{ entries: statuses.map((id) => ({ id, label: t(`domain.status.${id}`), content: <StatusBadge status={id} /> })) }]}
      onAction={(id) => id !== thread.status && void actions.act({ type: "status", status: id as Status })}
    >
      {badge}
    </Pick>
  );
}

/** How urgent it is. */
export function PriorityControl({ thread, actions }: ControlProps) {
  const { t } = useTranslation();
  const may = useMay();
  const badge = <PriorityBadge priority={thread.priority} />;
  if (!may("set_priority")) return <span className="pick pick--fixed">{badge}</span>;
  return (
    <Pick
      label={t("control.priority")}
      hotkey="p"
      command={t("keys.priority")}
      selected={thread.priority}
      groups={[{ entries: PRIORITIES.map((id) => ({ id, label: t(`domain.priority.${id}`), content: <PriorityBadge priority={id} /> })) }]}
      onAction={(id) => id !== thread.priority && void actions.act({ type: "priority", priority: id as Priority })}
    >
      {badge}
    </Pick>
  );
}

/** What it is about, which decides who sees it. */
export function CategoryControl({ thread, actions }: ControlProps) {
  const { t } = useTranslation();
  const may = useMay();
  const badge = <CategoryBadge category={thread.category} />;
  if (!may("edit_thread")) return <span className="pick pick--fixed">{badge}</span>;
  return (
    <Pick
      label={t("control.category")}
      hotkey="l"
      command={t("keys.category")}
      selected={thread.category}
      groups={[{ entries: CATEGORIES.map((id) => ({ id, label: t(`domain.category.${id}`), content: <CategoryBadge category={id} /> })) }]}
      onAction={(id) => id !== thread.category && void actions.edit({ category: id as Category })}
    >
      {badge}
    </Pick>
  );
}
