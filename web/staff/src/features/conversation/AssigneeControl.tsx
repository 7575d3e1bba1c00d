import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Category, StaffThread, ThreadAct } from "@/api/types";
import { initials } from "@/domain/words";
import { Avatar } from "@/ui/Avatar";
import { Icon } from "@/ui/Icon";
import type { MenuGroup } from "@/ui/Menu";
import { useHotkey } from "../../app/hotkeys";
import { useMay, useMe } from "../../app/session";
import { staffOptions, teamsOptions } from "../../data/people";
import { Pick, type ControlProps } from "./controls";

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

/** Whose the conversation is, and whose it may become. */
export function AssigneeControl({ thread, actions }: ControlProps) {
  const { t } = useTranslation();
  const may = useMay();
  const { user } = useMe();
  const groups = useAssignees(thread);
  const mayAssign = may("assign");
  const assignTo = (to: Pick<ThreadAct, "assignedTo" | "assignedTeam">) => void actions.act({ type: "assign", ...to });
  useHotkey("i", () => assignTo({ assignedTo: user.id }), mayAssign && thread.assignedTo !== user.id, { label: t("keys.assignMe"), group: "thread" });
  if (!mayAssign)
    return (
      <span className="pick pick--fixed">
        <OwnerMark thread={thread} />
      </span>
    );
  const assign = (key: string) => {
    const [kind, id] = key.split(":");
    if (kind === NOBODY) assignTo({ assignedTo: null });
    else if (kind === "team") assignTo({ assignedTeam: id });
    else assignTo({ assignedTo: id });
  };
  const selected = thread.assignedTo ? `person:${thread.assignedTo}` : thread.assignedTeam ? `team:${thread.assignedTeam}` : NOBODY;
  return (
    <Pick label={t("control.assignee")} hotkey="a" command={t("keys.assign")} selected={selected} groups={groups} onAction={assign}>
      <OwnerMark thread={thread} />
    </Pick>
  );
}
