import { Link } from "@tanstack/react-router";
import type { LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Count as CountValue } from "@/api/types";
import { Count } from "@/ui/Count";
import { Icon } from "@/ui/Icon";

interface NavItemProps {
  to: string;
  icon: LucideIcon;
  label: string;
  count?: CountValue;
  unread?: CountValue;
  urgent?: boolean;
  current: boolean;
}

/** One line of the rail; at narrow widths its icon alone, with the name as tooltip. */
export function NavItem({ to, icon, label, count, unread, urgent, current }: NavItemProps) {
  const { t } = useTranslation();
  const pill = unread && unread.count > 0;
  return (
    <Link to={to} className={urgent ? "nav-item nav-item--urgent" : "nav-item"} title={label} aria-current={current ? "page" : undefined}>
      <Icon icon={icon} />
      <span>{label}</span>
      {pill ? (
        <Count value={unread.count} capped={unread.capped} unread label={t("rail.unread", { count: unread.count })} />
      ) : (
        count && count.count > 0 && <Count value={count.count} capped={count.capped} />
      )}
    </Link>
  );
}
