import { MessageSquarePlus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { StaffMessage } from "@/api/types";
import { initials, shortName } from "@/domain/words";
import { timeOfDay } from "@/i18n/dates";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Icon } from "@/ui/Icon";
import { Kbd } from "@/ui/Kbd";

interface StaleReplyDialogProps {
  missed: StaffMessage[];
  draft: string;
  onEdit: () => void;
  onSendUnchanged: () => void;
}

/** Nobody answers blind: shows what came in between, then the draft, and asks. */
export function StaleReplyDialog({ missed, draft, onEdit, onSendUnchanged }: StaleReplyDialogProps) {
  const { t, i18n } = useTranslation();
  const first = missed[0];
  return (
    <Dialog
      isOpen
      role="alertdialog"
      onClose={onEdit}
      title={t(first?.senderType === "staff" ? "stale.titleStaff" : "stale.title", { name: shortName(first?.senderName ?? "") })}
      footer={
        <>
          <Button variant="ghost" className="start" onPress={onSendUnchanged}>{t("stale.unchanged")}</Button>
          <Button variant="primary" autoFocus onPress={onEdit}>
            {t("stale.edit")}
            <Kbd>↵</Kbd>
          </Button>
        </>
      }
    >
      <p className="stale__lead">
        <Icon icon={MessageSquarePlus} />
        {t("stale.text")}
      </p>
      <ul className="grid gap-3">
        {missed.map((message) => (
          <li className="msg stale__missed" key={message.id}>
            <Avatar kind={message.senderType === "staff" ? "staff" : "patient"} size="sm" initials={initials(message.senderName)} />
            <div>
              <div className="msg__head">
                <span className="msg__who">{message.senderName}</span>
                <time dateTime={message.sentAt}>{timeOfDay(message.sentAt, i18n.language)}</time>
              </div>
              <div className="bubble whitespace-pre-wrap">{message.messageText ?? t("message.sealed")}</div>
            </div>
          </li>
        ))}
      </ul>
      <p className="strong">{t("stale.draft")}</p>
      <blockquote className="stale__draft">{draft}</blockquote>
    </Dialog>
  );
}
