import type { RefObject } from "react";
import { useId } from "react-aria/useId";
import { useOverlayTrigger } from "react-aria/useOverlayTrigger";
import type { KeyboardEvent, PressEvent } from "react-aria-components";
import type { MenuTriggerState } from "react-stately/useMenuTriggerState";

/**
 * How a button opens its menu, as the library's own hook does it, less the long presses and context menus that no
 * menu here has and every page would carry.
 */
export function useMenuButton(state: MenuTriggerState, button: RefObject<HTMLElement | null>) {
  const buttonId = useId();
  const { triggerProps, overlayProps } = useOverlayTrigger({ type: "menu" }, state, button);
  const open = (focus: "first" | "last" | null) => {
    // The menu gives the focus back to where it found it.
    button.current?.focus({ preventScroll: true });
    state.open(focus);
  };
  const buttonProps = {
    ...triggerProps,
    id: buttonId,
    preventFocusOnPress: true,
    onPressStart: ({ pointerType }: PressEvent) => {
      // A finger may be about to scroll. A reader's click wants the first entry, a pointer its own.
      if (pointerType !== "touch") open(pointerType === "mouse" || pointerType === "pen" ? null : "first");
    },
    onPress: ({ pointerType }: PressEvent) => {
      if (pointerType === "touch") open(null);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        open(event.key === "ArrowDown" ? "first" : "last");
      } else event.continuePropagation();
    },
  };
  const menuProps = { ...overlayProps, "aria-labelledby": buttonId, autoFocus: state.focusStrategy ?? true, onClose: state.close };
  return { buttonProps, menuProps };
}
