import { Check, CheckCheck, Search } from "lucide-react";
import { memo, type Ref } from "react";
import { useTranslation } from "react-i18next";
import type { PortalMessage } from "@/api/types";
import { MessageFiles } from "@/attachments/MessageFiles";
import { initials } from "@/domain/words";
import { fullDateTime, timeOfDay } from "@/i18n/dates";
import { Avatar } from "@/ui/Avatar";
import { Icon } from "@/ui/Icon";
import { usePractice } from "../../practice/practices";
import { MessageText } from "./MessageText";
import type { Seen } from "./timeline";
import { laterTime } from "../../frame/times";

export interface MessageProps {
  message: PortalMessage;
  seen?: Seen;
  /** A search led here. */
  isFound?: boolean;
  ref?: Ref<HTMLLIElement>;
}

/** Whether two drawings of a message would be the same: news about one message must not draw hundreds again. */
function isSame(before: MessageProps, after: MessageProps): boolean {
  return (
    before.message === after.message && before.isFound === after.isFound && before.ref === after.ref &&
    before.seen?.kind === after.seen?.kind && seenAt(before) === seenAt(after)
  );
}

const seenAt = ({ seen }: MessageProps) => (seen?.kind === "seen" ? seen.at : undefined);

/** A message: the patient's side right, the care team left, automatic replies dashed across. */
export const Message = memo(function Message({ message, seen, isFound, ref }: MessageProps) {
  const { t } = useTranslation();
  const side = { patient: "msg msg--own", staff: "msg", system: "msg msg--system" }[message.senderType];
  return (
    <li className={isFound ? `${side} msg--found` : side} data-message={message.id} tabIndex={-1} ref={ref}>
      {message.senderType !== "patient" && (
        <Avatar kind={message.senderType} initials={initials(message.senderName)} />
      )}
      <div className="msg-body">
        {isFound && <span className="found-here"><Icon icon={Search} />{t("thread.found")}</span>}
        <MessageHead message={message} />
        <MessageBody message={message} />
        {seen && <Receipt seen={seen} sentAt={message.sentAt} />}
      </div>
    </li>
  );
}, isSame);

/** Who wrote: a person by name, the reader as "You", a machine as itself. */
function MessageHead({ message }: { message: PortalMessage }) {
  const { t, i18n } = useTranslation();
  const { senderType, senderName, senderTitle, sentByProxy, isOwn, sentAt } = message;
  const who = isOwn
    ? t("thread.you")
    : senderType === "system"
      ? t("thread.automatedSystem")
      : (sentByProxy?.fullName ?? senderName);
  const role = isOwn
    ? sentByProxy && t(`thread.wrote.${sentByProxy.relationship}`)
    : senderType === "system"
      ? t("thread.automatic")
      : senderType === "patient"
        ? t(sentByProxy ? `thread.wrote.${sentByProxy.relationship}` : "thread.as.self")
        : senderTitle;
  return (
    <div className="msg__head">
      <span className="msg__who">{who}</span>
      {role && <span className="msg__role">{role}</span>}
      <time className="faint" dateTime={sentAt}>{timeOfDay(sentAt, i18n.language)}</time>
    </div>
  );
}

function MessageBody({ message }: { message: PortalMessage }) {
  const { t, i18n } = useTranslation();
  const { phone } = usePractice();
  const files = message.attachments;
  if (message.integrity === "failed" || message.messageText === null)
    return <div className="bubble bubble--unreadable"><p>{t("thread.unreadable", { phone })}</p></div>;
  return (
    <>
      <div className="bubble"><MessageText text={message.messageText} /></div>
      {files.length > 0 && <MessageFiles files={files} when={fullDateTime(message.sentAt, i18n.language)} />}
      {message.revisedAt && (
        <span className="receipt">{t("thread.corrected", { time: laterTime(message.revisedAt, message.sentAt, i18n.language) })}</span>
      )}
    </>
  );
}

/** One tick: sent. Two: seen by the care team, never by whom. */
function Receipt({ seen, sentAt }: { seen: Seen; sentAt: string }) {
  const { t, i18n } = useTranslation();
  switch (seen.kind) {
    case "sent":
      return <span className="receipt"><Icon icon={Check} />{t("thread.sent")}</span>;
    case "seen":
      return (
        <span className="receipt receipt--read">
          <Icon icon={CheckCheck} />
          {seen.at ? t("thread.seenAt", { time: laterTime(seen.at, sentAt, i18n.language) }) : t("thread.seen")}
        </span>
      );
  }
}
