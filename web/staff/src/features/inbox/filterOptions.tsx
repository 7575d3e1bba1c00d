import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { CategoryBadge, PriorityBadge, StatusBadge } from "@/domain/badges";
import { CATEGORIES, PRIORITIES, STATUSES } from "@/domain/words";
import type { SelectOption } from "@/ui/Select";
import { hasInbox, staffOptions, teamsOptions } from "../../data/people";
import { teamChoice } from "./filters";

type Choice = "category" | "status" | "priority" | "assignee";

/** The choices of each filter, words and shapes as everywhere else. */
export function useFilterOptions(): Record<Choice, SelectOption[]> {
  const { t } = useTranslation();
  const { data: staff = [] } = useQuery(staffOptions());
  const { data: teams = [] } = useQuery(teamsOptions());
  return {
    category: CATEGORIES.map((id) => ({ id, label: t(`domain.category.${id}`), content: <CategoryBadge category={id} /> })),
    status: STATUSES.map((id) => ({ id, label: t(`domain.status.${id}`), content: <StatusBadge status={id} /> })),
    priority: PRIORITIES.map((id) => ({ id, label: t(`domain.priority.${id}`), content: <PriorityBadge priority={id} /> })),
    assignee: [
      { id: "me", label: t("assignee.me") },
      { id: "none", label: t("assignee.nobody") },
      { id: teamChoice("mine"), label: t("assignee.myTeams"), group: t("assignee.teams") },
      ...teams.map(({ id, name }) => ({ id: teamChoice(id), label: name, group: t("assignee.teams") })),
      ...staff.filter(hasInbox).map(({ id, fullName }) => ({ id, label: fullName, group: t("assignee.people") })),
    ],
  };
}
