import { Link } from "@tanstack/react-router";
import { AtSign, Check, UserPlus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { StaffNotification } from "@/api/types";
import { daysAgo, fullDateTime, shortDate, timeOfDay } from "@/i18n/dates";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";

interface NotificationRowProps {
  notification: StaffNotification;
  onRead: () => void;
}

/** Who did what, in which conversation; opens it at the message. */
export function NotificationRow({ notification, onRead }: NotificationRowProps) {
  const { t, i18n } = useTranslation();
  const { kind, threadId, messageId, subject, patientName, byName, at, readAt } = notification;
  const unread = readAt === null;
  return (
    <li className={unread ? "notice notice--unread" : "notice"}>
      <Link
        className="notice__link" to="/inbox/$view/$threadId" params={{ view: "open", threadId }} search={{ message: messageId ?? undefined }}
        onClick={() => unread && onRead()}
      >
        <Icon icon={kind === "mention" ? AtSign : UserPlus} />
        <span className="notice__body">
          <span>
            {unread && <span className="row__dot" role="img" aria-label={t("row.unread")} />}
            {t(`notifications.${kind}`, { name: byName })}
          </span>
          <span className="notice__what"><b>{patientName}</b> · {subject}</span>
        </span>
        <time className="row__time" dateTime={at} title={fullDateTime(at, i18n.language)}>
          {daysAgo(at) < 1 ? timeOfDay(at, i18n.language) : shortDate(at, i18n.language)}
        </time>
      </Link>
      {unread && <IconButton icon={Check} size="sm" label={t("notifications.readOne")} onPress={onRead} />}
    </li>
  );
}
