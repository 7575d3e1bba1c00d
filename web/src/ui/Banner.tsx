import { CircleAlert, CircleCheck, Info, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon";

export interface BannerProps {
  tone: "danger" | "info" | "success" | "quiet";
  icon?: LucideIcon;
  /** Read out at once (`alert`) or when the reader pauses (`status`). */
  live?: "alert" | "status";
  /** The act at the end. */
  end?: ReactNode;
  id?: string;
  children: ReactNode;
}

const icons = { danger: CircleAlert, info: Info, success: CircleCheck, quiet: Info };

/** A word in place: what happened, what is kept, what to do. */
export function Banner({ tone, icon, live, end, id, children }: BannerProps) {
  return (
    <div className={`banner banner--${tone}`} role={live} id={id}>
      <Icon icon={icon ?? icons[tone]} />
      <span>{children}</span>
      {end && <span className="end">{end}</span>}
    </div>
  );
}
