import type { HTMLAttributes, RefObject } from "react";
import type { TooltipTriggerState } from "react-stately/useTooltipTriggerState";
import { Tooltip as AriaTooltip, TooltipTriggerStateContext } from "react-aria-components/Tooltip";
import { Kbd } from "./Kbd";

export interface TooltipProps {
  text: string;
  /** The key that does the same. */
  hotkey?: string;
  state: TooltipTriggerState;
  /** What ties the tooltip to its control. */
  tooltipProps: HTMLAttributes<HTMLElement>;
  triggerRef: RefObject<HTMLElement | null>;
  isOpen: boolean;
}

/** A control's name beside it, on hover and focus. The control has its own label: this repeats it for eyes. */
export function Tooltip({ text, hotkey, state, tooltipProps, triggerRef }: TooltipProps) {
  return (
    <TooltipTriggerStateContext value={state}>
      <AriaTooltip {...tooltipProps} className="tooltip" triggerRef={triggerRef} offset={6}>
        {text}
        {hotkey && <Kbd>{hotkey}</Kbd>}
      </AriaTooltip>
    </TooltipTriggerStateContext>
  );
}
