import type { LucideIcon } from "lucide-react";
import { useRef, type ReactElement, type ReactNode } from "react";
import { mergeProps } from "react-aria/mergeProps";
import { ButtonContext } from "react-aria-components/Button";
import { useMenuTriggerState } from "react-stately/useMenuTriggerState";
import { onDemand } from "./onDemand";
import { useMenuButton } from "./useMenuButton";

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

const MenuPopover = onDemand(async () => (await import("./overlays")).MenuPopover);

/** Fetches what every menu opens, for pages whose keys open one. */
export const preloadMenus = MenuPopover.preload;

/**
 * A button's menu: arrows, typing ahead, Escape and focus back to the button come with it. The button stands on
 * its own; what it opens is fetched as soon as it is pointed at or focused.
 */
export function Menu({ trigger, isOpen, onOpenChange, ...list }: MenuProps) {
  const state = useMenuTriggerState({ isOpen, onOpenChange });
  const triggerRef = useRef<HTMLButtonElement>(null);
  const { buttonProps, menuProps } = useMenuButton(state, triggerRef);
  const ahead = { onHoverStart: preloadMenus, onFocus: preloadMenus };
  return (
    <>
      <ButtonContext value={{ ...mergeProps(buttonProps, ahead), ref: triggerRef, isPressed: state.isOpen }}>
        {trigger}
      </ButtonContext>
      <MenuPopover {...list} isOpen={state.isOpen} onOpenChange={state.setOpen} onMissing={state.close} triggerRef={triggerRef} menuProps={menuProps} />
    </>
  );
}
