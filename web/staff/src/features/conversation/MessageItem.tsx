import { Check, Lock } from "lucide-react";
import { memo } from "react";
import { initials } from "@/domain/words";
import { useT } from "@/i18n/useT";
import { Avatar } from "@/ui/Avatar";
import { Icon } from "@/ui/Icon";
import { Body, Content, entryProps, Files, ReadBy, SentAt, type MessageItemProps } from "./messageParts";

function PatientMessage(props: MessageItemProps) {
  const { message, patientName, patientLanguage, readers } = props;
  const { t, language } = useT();
  const proxy = message.sentByProxy;
  const who = proxy
    ? t("message.proxyFor", { name: proxy.fullName, relationship: t(`domain.relationship.${proxy.relationship}`), patient: patientName })
    : message.senderName;
  return (
    <li className="msg" {...entryProps(props)}>
      <Avatar kind="patient" size="sm" initials={initials(proxy?.fullName ?? message.senderName)} />
      <div className="msg__col">
        <div className="msg__head">
          <span className="msg__who">{who}</span>
          <SentAt at={message.sentAt} />
        </div>
        <Content message={message} lang={patientLanguage === language ? undefined : patientLanguage} />
        {readers && <ReadBy readers={readers} />}
      </div>
    </li>
  );
}

function StaffReply(props: MessageItemProps) {
  const { message, ownId, readers } = props;
  const { t } = useT();
  const own = message.senderId === ownId;
  return (
    <li className="msg msg--own" {...entryProps(props)}>
      <div className="msg__col msg__col--own">
        <div className="msg__head">
          <span className="msg__who">{own ? t("message.you") : message.senderName}</span>
          {!own && message.senderTitle && <span>{message.senderTitle}</span>}
          <SentAt at={message.sentAt} />
        </div>
        <Content message={message} />
        {readers ? (
          <ReadBy readers={readers} />
        ) : (
          <span className="receipt">
            <Icon icon={Check} />
            {t("message.sent")}
          </span>
        )}
      </div>
      <Avatar kind="staff" size="sm" initials={initials(message.senderName)} />
    </li>
  );
}

function SystemMessage(props: MessageItemProps) {
  const { message } = props;
  const { t } = useT();
  return (
    <li className="msg msg--system" {...entryProps(props)}>
      <Avatar kind="system" size="sm" />
      <div>
        <div className="msg__head">
          <span className="msg__who">{t("message.system")}</span>
          <span>{t("message.systemText")}</span>
          <SentAt at={message.sentAt} />
        </div>
        <div className="bubble"><Body message={message} /></div>
      </div>
    </li>
  );
}

function NoteItem(props: MessageItemProps) {
  const { message, mentioned, readers } = props;
  const { t } = useT();
  return (
    <li className="note" {...entryProps(props)}>
      <div className="note__label">
        <Icon icon={Lock} />
        {t("note.label")}
      </div>
      <div className="note__body">
        <div className="note__head">
          <Avatar kind="staff" size="xs" initials={initials(message.senderName)} />
          <b>{message.senderName}</b>
          <SentAt at={message.sentAt} />
        </div>
        <Body message={message} mentioned={mentioned} />
        <Files message={message} />
        {readers && <ReadBy readers={readers} />}
      </div>
    </li>
  );
}

/** One entry of the conversation, in the shape that says who speaks to whom. Drawn again only when it changed. */
export const MessageItem = memo(function MessageItem(props: MessageItemProps) {
  if (props.message.isInternalNote) return <NoteItem {...props} />;
  switch (props.message.senderType) {
    case "patient":
      return <PatientMessage {...props} />;
    case "staff":
      return <StaffReply {...props} />;
    case "system":
      return <SystemMessage {...props} />;
  }
});
