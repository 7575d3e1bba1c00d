import type { ReactElement } from "react";
import { Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components/Tooltip";
import { Kbd } from "./Kbd";

export interface TooltipProps {
  text: string;
  /** The key that does the same. */
  hotkey?: string;
  children: ReactElement;
}

/** Names a control on hover and focus. The control has its own label: this repeats it for eyes. */
export function Tooltip({ text, hotkey, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <AriaTooltip className="tooltip" offset={6}>
        {text}
        {hotkey && <Kbd>{hotkey}</Kbd>}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
