import { useQuery } from "@tanstack/react-query";
import { ListFilter } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { CategoryBadge, PriorityBadge, StatusBadge } from "@/domain/badges";
import { CATEGORIES, PRIORITIES, STATUSES } from "@/domain/words";
import { IconButton } from "@/ui/IconButton";
import { Select, type SelectOption } from "@/ui/Select";
import { staffOptions } from "../../data/people";
import type { View } from "../../data/views";
import { openFilters, type InboxSearch } from "./filters";

type Choice = "category" | "status" | "priority" | "assignee";
const ANY = "any";

/** The choices of each filter, words and shapes as everywhere else. */
export function useFilterOptions(): Record<Choice, SelectOption[]> {
  const { t } = useTranslation();
  const { data: staff = [] } = useQuery(staffOptions());
  return {
    category: CATEGORIES.map((id) => ({ id, label: t(`domain.category.${id}`), content: <CategoryBadge category={id} /> })),
    status: STATUSES.map((id) => ({ id, label: t(`domain.status.${id}`), content: <StatusBadge status={id} /> })),
    priority: PRIORITIES.map((id) => ({ id, label: t(`domain.priority.${id}`), content: <PriorityBadge priority={id} /> })),
    assignee: [
      { id: "me", label: t("assignee.me") },
      { id: "none", label: t("assignee.nobody") },
      ...staff.map(({ id, fullName }) => ({ id, label: fullName })),
    ],
  };
}

interface FilterPopoverProps {
  view: View;
  search: InboxSearch;
  onChange: (change: Partial<InboxSearch>) => void;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Every filter that this view leaves open. */
export function FilterPopover({ view, search, onChange, isOpen, onOpenChange }: FilterPopoverProps) {
  const { t } = useTranslation();
  const options = useFilterOptions();
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <IconButton icon={ListFilter} size="sm" label={t("filter.open")} hotkey="F" />
      <Popover className="popover" placement="bottom end" offset={6}>
        <Dialog className="menu filter-panel" aria-label={t("filter.title")}>
          {openFilters(view).map((name) => (
            <Select
              key={name}
              label={t(`filter.${name}`)}
              options={[{ id: ANY, label: t("filter.any") }, ...options[name]]}
              value={search[name] ?? ANY}
              onChange={(id) => onChange({ [name]: id === ANY ? undefined : id })}
            />
          ))}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
