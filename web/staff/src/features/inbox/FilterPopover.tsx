import { BookmarkPlus } from "lucide-react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { Button } from "@/ui/Button";
import { Select } from "@/ui/Select";
import { openDialog } from "../../app/dialogs";
import { viewFilter } from "../../data/saveViews";
import type { ListView } from "../../data/views";
import { useFilterOptions } from "./filterOptions";
import { listFilter, openFilters, type InboxSearch } from "./filters";

const ANY = "any";

interface FilterPopoverProps {
  view: ListView;
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
  const save = () => {
    onOpenChange(false);
    openDialog({ kind: "save-view", filter: viewFilter(listFilter(view.filter, search)) });
  };
  return (
    <Popover className="popover" placement="bottom end" offset={6} triggerRef={triggerRef} isOpen={isOpen} onOpenChange={onOpenChange}>
      <Dialog className="menu filter-panel" aria-label={t("filter.title")}>
        {openFilters(view.filter).map((name) => (
          <Select
            key={name}
            label={t(`filter.${name}`)}
            options={[{ id: ANY, label: t("filter.any") }, ...options[name]]}
            value={search[name] ?? ANY}
            onChange={(id) => onChange({ [name]: id === ANY ? undefined : id })}
          />
        ))}
        <Button icon={BookmarkPlus} unavailable={!Object.values(search).some(Boolean)} onPress={save}>{t("filter.save")}</Button>
      </Dialog>
    </Popover>
  );
}
