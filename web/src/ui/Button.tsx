import type { LucideIcon } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { Icon } from "./Icon";

export type ButtonVariant = "primary" | "secondary" | "tinted" | "ghost" | "danger" | "note";

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  variant?: ButtonVariant;
  size?: "sm" | "lg";
  block?: boolean;
  icon?: LucideIcon;
  children?: ReactNode;
  /** Looks disabled and refuses, yet stays focusable; `aria-describedby` says why. */
  unavailable?: boolean;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** The class names of a button, for links that look like one. */
export function buttonClass({ variant = "secondary", size, block, className }: Partial<ButtonProps>): string {
  return ["btn", `btn--${variant}`, size && `btn--${size}`, block && "btn--block", className]
    .filter(Boolean)
    .join(" ");
}

/** The design's button. One `primary` per view. */
export function Button(props: ButtonProps) {
  const { variant, size, block, icon, children, unavailable, className, onPress, ...rest } = props;
  const refuses = unavailable || undefined;
  return (
    <AriaButton
      {...rest}
      className={buttonClass({ variant, size, block, className })}
      aria-disabled={refuses ?? rest["aria-disabled"]}
      onPress={unavailable ? undefined : onPress}
    >
      {icon && <Icon icon={icon} />}
      {children}
    </AriaButton>
  );
}
