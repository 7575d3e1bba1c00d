import { ListFilter } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { IconButton } from "@/ui/IconButton";
import { Select } from "@/ui/Select";
import type { View } from "../../data/views";
import { useFilterOptions } from "./filterOptions";
import { openFilters, type InboxSearch } from "./filters";

const ANY = "any";

interface FilterPopoverProps {
  view: View;
  search: InboxSearch;
  onChange: (change: Partial<InboxSearch>) => void;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Every filter that this view leaves open. Loaded when it is first asked for. */
export default function FilterPopover({ view, search, onChange, isOpen, onOpenChange }: FilterPopoverProps) {
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
