import { ChevronDown, Rows3 } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components/Button";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import type { Count as CountValue, InboxCounts } from "@/api/types";
import { setPreference, usePreferences } from "@/theme/preferences";
import { FilterChip } from "@/ui/Chip";
import { Count } from "@/ui/Count";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { SearchField } from "@/ui/SearchField";
import { useHotkey } from "../../app/hotkeys";
import { viewFacts, type View } from "../../data/views";
import { FilterButton } from "./FilterButton";
import { useFilterOptions } from "./filterOptions";
import { openFilters, type InboxSearch } from "./filters";

export interface ListToolsProps {
  heading: "h1" | "h2";
  view: View;
  search: InboxSearch;
  counts?: InboxCounts;
  text: string;
  onText: (text: string) => void;
  onChange: (change: Partial<InboxSearch>) => void;
}

const READ_TABS = ["all", "unread", "read"] as const;

function ReadTabs({ view, search, counts, onChange }: ListToolsProps) {
  const { t } = useTranslation();
  const own = viewFacts[view].count;
  const countOf: Partial<Record<(typeof READ_TABS)[number], CountValue>> = {
    all: own && counts?.[own],
    unread: view === "open" ? counts?.unread : undefined,
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
  const active = openFilters(view).flatMap((name) => {
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
  const { heading: Heading, view, search, counts, text, onText, onChange } = props;
  const { t } = useTranslation();
  const { density } = usePreferences();
  const searchRef = useRef<HTMLInputElement>(null);
  useHotkey("/", () => searchRef.current?.focus(), true, { label: t("list.searchLabel"), group: "go" });
  const unread = counts?.unread;
  return (
    <>
      <div className="pane-bar">
        <Heading>{t(`view.${view}`)}</Heading>
        {view === "open" && unread && unread.count > 0 && (
          <Count value={unread.count} capped={unread.capped} unread label={t("rail.unread", { count: unread.count })} />
        )}
        <span className="grow" />
        <FilterButton view={view} search={search} onChange={onChange} />
        <IconButton
          icon={Rows3}
          size="sm"
          className="wide-only"
          label={t(density === "compact" ? "account.comfortable" : "account.compact")}
          onPress={() => setPreference("density", density === "compact" ? "comfortable" : "compact")}
        />
      </div>
      <div className="list-tools">
        <SearchField label={t("list.searchLabel")} placeholder={t("list.searchHint")} clearLabel={t("list.clearSearch")} value={text} onChange={onText} hotkey="/" inputRef={searchRef} />
        <div className="tabs">
          <ReadTabs {...props} />
          {!search.category && <CategoryChip onChange={onChange} />}
        </div>
        <ActiveFilters {...props} />
      </div>
    </>
  );
}
