import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "@/ui/Icon";
import { PageHeading } from "./PageHeading";

export interface StateProps {
  icon: LucideIcon;
  title: string;
  hint?: string;
  danger?: boolean;
  /** The heading's level in its page; 1 when the state is the whole page. */
  level?: 1 | 2;
  children?: ReactNode;
}

/** Nothing to show, or nothing that could be loaded: why, what is safe, what to do. */
export function StatePanel({ icon, title, hint, danger, level = 2, children }: StateProps) {
  return (
    <div className="empty portal-empty" role={danger ? "alert" : undefined}>
      <span className={danger ? "empty__art empty__art--danger" : "empty__art"}>
        <Icon icon={icon} size="xl" />
      </span>
      {level === 1 ? <PageHeading className="portal-empty__title">{title}</PageHeading> : <h2 className="portal-empty__title">{title}</h2>}
      {hint && <p>{hint}</p>}
      {children && <div className="acts">{children}</div>}
    </div>
  );
}
