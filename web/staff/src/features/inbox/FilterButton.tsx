import { ListFilter } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/ui/IconButton";
import { onDemand } from "@/ui/onDemand";
import { useHotkey } from "../../app/hotkeys";
import type { ListView } from "../../data/views";
import type { InboxSearch } from "./filters";

const FilterPopover = onDemand(async () => (await import("./FilterPopover")).FilterPopover);

interface FilterButtonProps {
  view: ListView;
  search: InboxSearch;
  onChange: (change: Partial<InboxSearch>) => void;
}

/** Opens every filter that this view leaves open; they are fetched when that is about to happen. */
export function FilterButton({ view, search, onChange }: FilterButtonProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useHotkey("f", () => setOpen(true));
  return (
    <>
      <IconButton
        ref={button} icon={ListFilter} size="sm" label={t("filter.open")} hotkey="F" aria-haspopup="dialog" aria-expanded={open}
        onHoverStart={FilterPopover.preload} onFocus={FilterPopover.preload} onPress={() => setOpen(true)}
      />
      <FilterPopover view={view} search={search} onChange={onChange} triggerRef={button} isOpen={open} onOpenChange={setOpen} onMissing={() => setOpen(false)} />
    </>
  );
}
