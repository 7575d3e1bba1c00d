import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon";

export interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  /** At most one act. */
  action?: ReactNode;
  tone?: "danger";
  headingLevel?: 1 | 2 | 3;
}

/** Nothing to show: why, and what is next. */
export function EmptyState({ icon, title, children, action, tone, headingLevel = 3 }: EmptyStateProps) {
  const Heading = `h${headingLevel}` as const;
  return (
    <div className="empty" role={tone === "danger" ? "alert" : undefined}>
      <span className={tone ? "empty__art empty__art--danger" : "empty__art"}>
        <Icon icon={icon} size="lg" />
      </span>
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {action && <div className="acts">{action}</div>}
    </div>
  );
}
