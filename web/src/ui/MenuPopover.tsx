import { Check } from "lucide-react";
import { useRef, type RefObject } from "react";
import type { AriaMenuProps } from "react-aria/useMenu";
import { Header } from "react-aria-components/Header";
import { Menu, MenuItem, MenuSection, Popover, Separator } from "react-aria-components/Menu";
import { Icon } from "./Icon";
import { Kbd } from "./Kbd";
import type { MenuEntry, MenuProps } from "./Menu";

interface MenuPopoverProps extends Omit<MenuProps, "trigger" | "isOpen" | "onOpenChange"> {
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  onMissing: () => void;
  triggerRef: RefObject<HTMLButtonElement | null>;
  /** What ties the menu to its button. */
  menuProps: Pick<AriaMenuProps<object>, "id" | "aria-labelledby" | "autoFocus" | "onClose">;
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

/** What a menu's button opens. */
export function MenuPopover(props: MenuPopoverProps) {
  const { label, groups, onAction, selected, placement = "bottom start", isOpen, onOpenChange, triggerRef, menuProps } = props;
  const menuRef = useRef<HTMLDivElement>(null);
  return (
    <Popover
      className="popover" trigger="MenuTrigger" triggerRef={triggerRef} scrollRef={menuRef} placement={placement} offset={6}
      aria-labelledby={menuProps["aria-labelledby"]} isOpen={isOpen} onOpenChange={onOpenChange}
    >
      <Menu
        {...menuProps}
        ref={menuRef}
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
      </Menu>
    </Popover>
  );
}
