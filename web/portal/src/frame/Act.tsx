import type { LucideIcon } from "lucide-react";
import type { ButtonHTMLAttributes, Ref } from "react";
import { Icon } from "@/ui/Icon";

export interface ActProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: "primary" | "secondary" | "ghost" | "danger";
  size?: "sm" | "lg";
  block?: boolean;
  icon?: LucideIcon;
  /** Looks disabled and refuses, yet stays focusable. */
  unavailable?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** The class names of a button, for links that look like one. */
export function actClass({ variant = "primary", size = "lg", block, className }: Partial<ActProps>): string {
  return ["btn", `btn--${variant}`, `btn--${size}`, block && "btn--block", className].filter(Boolean).join(" ");
}

/** A native button in the design's look: the first screen has no room for more than the platform gives. */
export function Act(props: ActProps) {
  const { variant, size, block, icon, unavailable, className, children, onClick, type = "button", ...rest } = props;
  return (
    <button
      {...rest}
      type={type}
      className={actClass({ variant, size, block, className })}
      aria-disabled={unavailable || undefined}
      onClick={unavailable ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon icon={icon} />}
      {children}
    </button>
  );
}
