import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Users } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components/Button";
import type { Category, Priority, StaffThread, Status } from "@/api/types";
import { CategoryBadge, PriorityBadge, StatusBadge } from "@/domain/badges";
import { CATEGORIES, initials, PRIORITIES } from "@/domain/words";
import { Avatar } from "@/ui/Avatar";
import { Icon } from "@/ui/Icon";
import { Menu, type MenuGroup } from "@/ui/Menu";
import { VisuallyHidden } from "@/ui/VisuallyHidden";
import { useHotkey } from "../../app/hotkeys";
import { useMay, useMe } from "../../app/session";
import { staffOptions, teamsOptions } from "../../data/people";
import { statusesByHand } from "../../data/threads";
import type { ThreadActions } from "./useThreadActions";

interface ControlProps {
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
function Pick({ label, groups, selected, hotkey, command, onAction, children }: PickProps) {
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
      onAction={(id) => id !== thread.status && void actions.change({ status: id as Status })}
    >
      {badge}
    </Pick>
  );
}

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
      onAction={(id) => id !== thread.priority && void actions.change({ priority: id as Priority })}
    >
      {badge}
    </Pick>
  );
}

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
      onAction={(id) => id !== thread.category && void actions.change({ category: id as Category })}
    >
      {badge}
    </Pick>
  );
}

function OwnerMark({ thread }: { thread: StaffThread }) {
  const { t } = useTranslation();
  const team = thread.assignedTeamName;
  const person = thread.assignedToName;
  return (
    <>
      {team ? <Icon icon={Users} size="sm" /> : <Avatar kind={person ? "staff" : "none"} size="xs" initials={initials(person ?? "")} />}
      {person ?? team ?? t("assignee.nobody")}
    </>
  );
}

const NOBODY = "nobody";

/** Oneself first, then teams and colleagues who may see the category, then nobody. */
function useAssignees(thread: StaffThread): MenuGroup[] {
  const { t } = useTranslation();
  const { user } = useMe();
  const { data: staff = [] } = useQuery(staffOptions());
  const { data: teams = [] } = useQuery(teamsOptions());
  const sees = ({ categories }: { categories: Category[] }) => categories.includes(thread.category);
  const person = ({ id, fullName, title }: { id: string; fullName: string; title: string | null }) => ({
    id: `person:${id}`, label: fullName, hint: title ?? undefined,
    leading: <Avatar kind="staff" size="xs" initials={initials(fullName)} />,
  });
  const me = { ...person({ ...user }), label: t("assignee.toMe"), hint: undefined, hotkey: "I" };
  return [
    { entries: [me] },
    { title: t("assignee.teams"), entries: teams.filter(sees).map(({ id, name }) => ({ id: `team:${id}`, label: name, icon: Users })) },
    { title: t("assignee.people"), entries: staff.filter((member) => member.id !== user.id && sees(member)).map(person) },
    { entries: [{ id: NOBODY, label: t("assignee.nobody"), leading: <Avatar kind="none" size="xs" /> }] },
  ].filter(({ entries }) => entries.length > 0);
}

export function AssigneeControl({ thread, actions }: ControlProps) {
  const { t } = useTranslation();
  const may = useMay();
  const { user } = useMe();
  const groups = useAssignees(thread);
  const mayAssign = may("assign");
  useHotkey("i", () => void actions.change({ assignedTo: user.id }), mayAssign && thread.assignedTo !== user.id, { label: t("keys.assignMe"), group: "thread" });
  if (!mayAssign)
    return (
      <span className="pick pick--fixed">
        <OwnerMark thread={thread} />
      </span>
    );
  const assign = (key: string) => {
    const [kind, id] = key.split(":");
    if (kind === NOBODY) void actions.change({ assignedTo: null });
    else if (kind === "team") void actions.change({ assignedTeam: id });
    else void actions.change({ assignedTo: id });
  };
  const selected = thread.assignedTo ? `person:${thread.assignedTo}` : thread.assignedTeam ? `team:${thread.assignedTeam}` : NOBODY;
  return (
    <Pick label={t("control.assignee")} hotkey="a" command={t("keys.assign")} selected={selected} groups={groups} onAction={assign}>
      <OwnerMark thread={thread} />
    </Pick>
  );
}
