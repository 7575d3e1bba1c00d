import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Category, Priority, ThreadAct } from "@/api/types";
import { PriorityBadge } from "@/domain/badges";
import { initials, PRIORITIES } from "@/domain/words";
import { Avatar } from "@/ui/Avatar";
import type { MenuGroup } from "@/ui/Menu";
import { useMe } from "../../app/session";
import { staffOptions, teamsOptions } from "../../data/people";
import type { Ticked } from "../../data/selection";

const NOBODY = "nobody";

/** Whom all of these conversations can go to: who does not see one of their categories is left out. The server judges what is not loaded. */
export function useBulkAssignees(ticked: Ticked[]): MenuGroup[] {
  const { t } = useTranslation();
  const { user } = useMe();
  const { data: staff = [] } = useQuery(staffOptions());
  const { data: teams = [] } = useQuery(teamsOptions());
  const sees = ({ categories }: { categories: Category[] }) => ticked.every(({ thread }) => !thread || categories.includes(thread.category));
  const mark = (name: string) => <Avatar kind="staff" size="xs" initials={initials(name)} />;
  return [
    { entries: [{ id: `person:${user.id}`, label: t("assignee.toMe"), leading: mark(user.fullName), hotkey: "I" }] },
    { title: t("assignee.teams"), entries: teams.filter(sees).map(({ id, name }) => ({ id: `team:${id}`, label: name, icon: Users })) },
    { title: t("assignee.people"), entries: staff.filter((member) => member.id !== user.id && sees(member)).map(({ id, fullName }) => ({ id: `person:${id}`, label: fullName, leading: mark(fullName) })) },
    { entries: [{ id: NOBODY, label: t("assignee.nobody"), leading: <Avatar kind="none" size="xs" /> }] },
  ].filter(({ entries }) => entries.length > 0);
}

/** The act that an entry of that menu stands for. */
export function assignAct(key: string): ThreadAct {
  const [kind, id = ""] = key.split(":");
  if (kind === "team") return { type: "assign", assignedTeam: id };
  return { type: "assign", assignedTo: kind === NOBODY ? null : id };
}

export function usePriorities(): MenuGroup[] {
  const { t } = useTranslation();
  return [{ entries: PRIORITIES.map((id: Priority) => ({ id, label: t(`domain.priority.${id}`), content: <PriorityBadge priority={id} /> })) }];
}
