import { OctagonAlert } from "lucide-react";
import type { Category, Priority, Status } from "@/api/types";
import { useT } from "@/i18n/useT";
import { Icon } from "@/ui/Icon";
import { CategoryIcon, PriorityBars, StatusIcon } from "./icons";

/** A status with its shape and its word, in staff's terms. */
export function StatusBadge({ status, filled = false }: { status: Status; filled?: boolean }) {
  const { t } = useT();
  return (
    <span className={`status status--${status}${filled ? " status--badge" : ""}`}>
      <StatusIcon status={status} />
      {t(`domain.status.${status}`)}
    </span>
  );
}

/** A priority with its bars and its word; urgent alone is a filled red badge with an octagon. */
export function PriorityBadge({ priority }: { priority: Priority }) {
  const { t } = useT();
  return (
    <span className={`priority priority--${priority}`}>
      {priority === "urgent" ? <Icon icon={OctagonAlert} /> : <PriorityBars priority={priority} />}
      {t(`domain.priority.${priority}`)}
    </span>
  );
}

/** A category with its icon and word: neutral, never coloured. */
export function CategoryBadge({ category }: { category: Category }) {
  const { t } = useT();
  return (
    <span className="category truncate">
      <CategoryIcon category={category} />
      <span className="truncate">{t(`domain.category.${category}`)}</span>
    </span>
  );
}
