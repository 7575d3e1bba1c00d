import type { LucideIcon } from "lucide-react";
import { Icon } from "@/ui/Icon";

export interface ViewerButtonProps {
  icon: LucideIcon;
  label: string;
  hotkey?: string;
  onClick: () => void;
  /** Refuses, yet keeps its place and the focus. */
  unavailable?: boolean;
  pressed?: boolean;
  autoFocus?: boolean;
  className?: string;
}

/** A large icon button of the dark room. */
export function ViewerButton({ icon, label, hotkey, onClick, unavailable, pressed, autoFocus, className }: ViewerButtonProps) {
  return (
    <button
      type="button" className={className ? `viewer__btn ${className}` : "viewer__btn"} aria-label={label} aria-pressed={pressed}
      title={hotkey ? `${label} (${hotkey})` : label} aria-keyshortcuts={hotkey} aria-disabled={unavailable || undefined}
      autoFocus={autoFocus} onClick={unavailable ? undefined : onClick}
    >
      <Icon icon={icon} size="lg" />
    </button>
  );
}
