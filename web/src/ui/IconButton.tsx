import type { LucideIcon } from "lucide-react";
import { mergeProps } from "react-aria/mergeProps";
import { useObjectRef } from "react-aria/useObjectRef";
import { useTooltipTrigger } from "react-aria/useTooltipTrigger";
import type { KeyboardEvent } from "react-aria-components";
import { useTooltipTriggerState } from "react-stately/useTooltipTriggerState";
import { Button, type ButtonProps } from "./Button";
import { onDemand } from "./onDemand";

export interface IconButtonProps extends Omit<ButtonProps, "children" | "aria-label" | "icon" | "block"> {
  icon: LucideIcon;
  /** Always named: for readers as the label, for eyes as the tooltip. */
  label: string;
  /** The key that does the same. */
  hotkey?: string;
}

const WAIT = { delay: 500, closeDelay: 80 };
const Tooltip = onDemand(async () => (await import("./overlays")).Tooltip);

/** A square button that shows an icon alone. Its tooltip is fetched while the pointer rests on it. */
export function IconButton({ label, hotkey, variant = "ghost", className, ref: outer, ...rest }: IconButtonProps) {
  const ref = useObjectRef(outer);
  const state = useTooltipTriggerState(WAIT);
  const { triggerProps, tooltipProps } = useTooltipTrigger(WAIT, state, ref);
  const around = {
    ...triggerProps,
    onHoverStart: Tooltip.preload,
    // Any key takes the tooltip away; what the key does is others' business.
    onKeyDown: (event: KeyboardEvent) => {
      triggerProps.onKeyDown?.(event);
      event.continuePropagation();
    },
  };
  const classes = className ? `btn--icon ${className}` : "btn--icon";
  return (
    <>
      <Button {...mergeProps(rest, around)} ref={ref} variant={variant} className={classes} aria-label={label} />
      <Tooltip tooltipProps={tooltipProps} text={label} hotkey={hotkey} state={state} triggerRef={ref} isOpen={state.isOpen} onMissing={state.close} />
    </>
  );
}
