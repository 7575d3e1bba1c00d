import { useTranslation } from "react-i18next";
import type { PortalMessage } from "@/api/types";
import { Button } from "@/ui/Button";
import { PortalDialog } from "../../frame/PortalDialog";
import { Message } from "./Message";
import { MessageText } from "./MessageText";

export interface StaleReplyDialogProps {
  missed: PortalMessage[];
  draft: string;
  onEdit: () => void;
  onSendUnchanged: () => void;
}

/** Somebody wrote in between: what was missed, then the draft. Nobody answers blind. */
export function StaleReplyDialog({ missed, draft, onEdit, onSendUnchanged }: StaleReplyDialogProps) {
  const { t } = useTranslation();
  return (
    <PortalDialog title={t("staleReply.heading")} role="alertdialog" onClose={onEdit}>
      <p className="lede">{t("staleReply.lede")}</p>
      <h3>{t("staleReply.missed")}</h3>
      <ul className="talk">{missed.map((message) => <Message key={message.id} message={message} />)}</ul>
      <h3>{t("staleReply.draft")}</h3>
      <div className="bubble"><MessageText text={draft} /></div>
      <div className="send-row">
        <Button variant="primary" size="lg" onPress={onEdit} autoFocus>{t("staleReply.edit")}</Button>
        <Button variant="secondary" size="lg" onPress={onSendUnchanged}>{t("staleReply.unchanged")}</Button>
      </div>
    </PortalDialog>
  );
}
