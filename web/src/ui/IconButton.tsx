import type { LucideIcon } from "lucide-react";
import { Button, type ButtonProps } from "./Button";
import { Tooltip } from "./Tooltip";

export interface IconButtonProps extends Omit<ButtonProps, "children" | "aria-label" | "icon" | "block"> {
  icon: LucideIcon;
  /** Always named: for readers as the label, for eyes as the tooltip. */
  label: string;
  /** The key that does the same. */
  hotkey?: string;
}

/** A square button that shows an icon alone. */
export function IconButton({ label, hotkey, variant = "ghost", className, ...rest }: IconButtonProps) {
  const classes = className ? `btn--icon ${className}` : "btn--icon";
  return (
    <Tooltip text={label} hotkey={hotkey}>
      <Button {...rest} variant={variant} className={classes} aria-label={label} />
    </Tooltip>
  );
}
