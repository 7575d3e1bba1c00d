import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { Select } from "@/ui/Select";
import type { View } from "../../data/views";
import { useFilterOptions } from "./filterOptions";
import { openFilters, type InboxSearch } from "./filters";

const ANY = "any";

interface FilterPopoverProps {
  view: View;
  search: InboxSearch;
  onChange: (change: Partial<InboxSearch>) => void;
  /** Its button: where it opens and what has the focus again afterwards. */
  triggerRef: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Every filter that this view leaves open. */
export function FilterPopover({ view, search, onChange, triggerRef, isOpen, onOpenChange }: FilterPopoverProps) {
  const { t } = useTranslation();
  const options = useFilterOptions();
  return (
    <Popover className="popover" placement="bottom end" offset={6} triggerRef={triggerRef} isOpen={isOpen} onOpenChange={onOpenChange}>
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
  );
}
