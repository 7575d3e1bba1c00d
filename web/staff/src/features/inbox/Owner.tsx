import { Users } from "lucide-react";
import type { StaffThread } from "@/api/types";
import { initials } from "@/domain/words";
import { useT } from "@/i18n/useT";
import { Avatar } from "@/ui/Avatar";
import { Icon } from "@/ui/Icon";

/** With whom a conversation is: a team by name, a person by initials, by name too where there is room. */
export function Owner({ thread, named = false }: { thread: StaffThread; named?: boolean }) {
  const { t } = useT();
  if (thread.assignedTeamName)
    return (
      <span className="by" title={thread.assignedTeamName}>
        <Icon icon={Users} size="sm" />
        <span className="truncate">{thread.assignedTeamName}</span>
      </span>
    );
  const name = thread.assignedToName ?? t("assignee.nobody");
  return (
    <span className="by" title={name}>
      <Avatar kind={thread.assignedToName ? "staff" : "none"} size="xs" initials={initials(thread.assignedToName ?? "")} />
      <span className={named ? "truncate" : "visually-hidden"}>{name}</span>
    </span>
  );
}
