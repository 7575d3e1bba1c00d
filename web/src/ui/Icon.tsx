import type { LucideIcon } from "lucide-react";

export interface IconProps {
  icon: LucideIcon;
  size?: "sm" | "lg" | "xl";
  /** Only for an icon that stands without a word; all others are hidden from readers. */
  label?: string;
  className?: string;
}

/** A Lucide shape in the design's sizes; takes the colour of its text. */
export function Icon({ icon: Shape, size, label, className }: IconProps) {
  const classes = ["i", size && `i--${size}`, className].filter(Boolean).join(" ");
  return label ? (
    <Shape className={classes} role="img" aria-label={label} />
  ) : (
    <Shape className={classes} aria-hidden="true" />
  );
}
