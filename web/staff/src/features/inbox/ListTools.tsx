import { ChevronDown, Rows3, SquareCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components/Button";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import type { Count as CountValue, InboxCounts } from "@/api/types";
import { FilterChip } from "@/ui/Chip";
import { Count } from "@/ui/Count";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { useNextDensity } from "../../app/density";
import type { ListView } from "../../data/views";
import { FilterButton } from "./FilterButton";
import { useFilterOptions } from "./filterOptions";
import { openFilters, type InboxSearch } from "./filters";
import { SearchEntry } from "./SearchEntry";

export interface ListToolsProps {
  heading: "h1" | "h2";
  view: ListView;
  search: InboxSearch;
  counts?: InboxCounts;
  /** Results stand in place of the list: its tabs and filters would not act on them. */
  isSearching: boolean;
  /** Boxes for fingers, which cannot hover. */
  onSelect: () => void;
  onChange: (change: Partial<InboxSearch>) => void;
}

const READ_TABS = ["all", "unread", "read"] as const;

function ReadTabs({ view, search, counts, onChange }: ListToolsProps) {
  const { t } = useTranslation();
  const own = view.count;
  const countOf: Partial<Record<(typeof READ_TABS)[number], CountValue>> = {
    all: own && counts?.[own],
    unread: view.builtIn === "open" ? counts?.unread : undefined,
  };
  return (
    <ToggleButtonGroup
      className="tabs grow"
      aria-label={t("list.readState")}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[search.read ?? "all"]}
      onSelectionChange={([key]) => onChange({ read: key === "unread" || key === "read" ? key : undefined })}
    >
      {READ_TABS.map((id) => {
        const count = countOf[id];
        return (
          <ToggleButton key={id} id={id} className="tab">
            {t(`list.${id}`)}
            {count && count.count > 0 && <Count value={count.count} capped={count.capped} />}
          </ToggleButton>
        );
      })}
    </ToggleButtonGroup>
  );
}

function CategoryChip({ onChange }: Pick<ListToolsProps, "onChange">) {
  const { t } = useTranslation();
  const { category } = useFilterOptions();
  return (
    <Menu
      label={t("filter.category")}
      placement="bottom end"
      groups={[{ entries: category.map(({ id, label, content }) => ({ id, label, content })) }]}
      onAction={(id) => onChange({ category: id as InboxSearch["category"] })}
      trigger={
        <Button className="chip chip--choice">
          {t("filter.anyCategory")}
          <Icon icon={ChevronDown} />
        </Button>
      }
    />
  );
}

function ActiveFilters({ view, search, onChange }: ListToolsProps) {
  const { t } = useTranslation();
  const options = useFilterOptions();
  const active = openFilters(view.filter).flatMap((name) => {
    const chosen = search[name];
    return chosen ? [{ name, label: options[name].find(({ id }) => id === chosen)?.label ?? t("filter.one") }] : [];
  });
  if (active.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-1">
      {active.map(({ name, label }) => (
        <FilterChip key={name} removeLabel={t("filter.remove", { name: label })} onRemove={() => onChange({ [name]: undefined })}>
          {label}
        </FilterChip>
      ))}
    </div>
  );
}

/** The head of the list: which view, how many unread, search, tabs and filters. */
export function ListTools(props: ListToolsProps) {
  const { heading: Heading, view, search, counts, isSearching, onSelect, onChange } = props;
  const { t } = useTranslation();
  const density = useNextDensity();
  const unread = counts?.unread;
  return (
    <>
      <div className="pane-bar">
        <Heading className="truncate">{view.name ?? t(`view.${view.builtIn}`)}</Heading>
        {view.builtIn === "open" && unread && unread.count > 0 && (
          <Count value={unread.count} capped={unread.capped} unread label={t("rail.unread", { count: unread.count })} />
        )}
        <span className="grow" />
        <IconButton icon={SquareCheck} size="sm" className="only-touch" label={t("list.select")} onPress={onSelect} />
        <FilterButton view={view} search={search} onChange={onChange} />
        <IconButton
          icon={Rows3}
          size="sm"
          className="wide-only"
          label={t(`account.${density.next}`)}
          onPress={density.take}
        />
      </div>
      <div className="list-tools">
        <SearchEntry view={view} />
        {!isSearching && (
          <>
            <div className="tabs">
              <ReadTabs {...props} />
              {!search.category && !view.filter.category && <CategoryChip onChange={onChange} />}
            </div>
            <ActiveFilters {...props} />
          </>
        )}
      </div>
    </>
  );
}
