import { Check, type LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { Header } from "react-aria-components/Header";
import { Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from "react-aria-components/Menu";
import { Icon } from "./Icon";
import { Kbd } from "./Kbd";

export interface MenuEntry {
  id: string;
  label: string;
  icon?: LucideIcon;
  /** Stands before the label, such as an avatar. */
  leading?: ReactNode;
  /** Takes the label's place, such as a status with its shape; its words are the label's. */
  content?: ReactNode;
  hint?: string;
  hotkey?: string;
  danger?: boolean;
}

export interface MenuGroup {
  title?: string;
  entries: MenuEntry[];
}

export interface MenuProps {
  label: string;
  trigger: ReactElement;
  groups: MenuGroup[];
  onAction: (id: string) => void;
  /** The entry in force, shown with a tick. */
  selected?: string;
  placement?: "bottom start" | "bottom end" | "top end" | "top start";
  isOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
}

function Entry({ entry, isSelected }: { entry: MenuEntry; isSelected: boolean }) {
  return (
    <MenuItem id={entry.id} textValue={entry.label} className={entry.danger ? "option option--danger" : "option"}>
      {entry.icon && <Icon icon={entry.icon} />}
      {entry.leading}
      {entry.content ?? <span className="grow">{entry.label}</span>}
      {(isSelected || entry.hint || entry.hotkey) && (
        <span className="end">
          {entry.hint}
          {isSelected && <Icon icon={Check} size="sm" />}
          {entry.hotkey && <Kbd>{entry.hotkey}</Kbd>}
        </span>
      )}
    </MenuItem>
  );
}

/** A button's menu: arrows, typing ahead, Escape and focus back to the button come with it. */
export function Menu(props: MenuProps) {
  const { label, trigger, groups, onAction, selected, placement = "bottom start", isOpen, onOpenChange } = props;
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {trigger}
      <Popover className="popover" placement={placement} offset={6}>
        <AriaMenu
          className="menu"
          aria-label={label}
          onAction={(key) => onAction(String(key))}
          selectionMode={selected === undefined ? "none" : "single"}
          selectedKeys={selected === undefined ? undefined : [selected]}
        >
          {groups.map((group, index) => (
            <MenuSection key={group.title ?? index} aria-label={group.title ? undefined : label}>
              {group.title && <Header className="option-group">{group.title}</Header>}
              {!group.title && index > 0 && <Separator className="option-separator" />}
              {group.entries.map((entry) => (
                <Entry key={entry.id} entry={entry} isSelected={entry.id === selected} />
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
