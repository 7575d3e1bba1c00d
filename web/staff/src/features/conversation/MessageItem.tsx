import { Check, CheckCheck, FileText, Lock, LockKeyhole } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { PatientSeen, StaffMessage } from "@/api/types";
import { initials } from "@/domain/words";
import { fullDateTime, timeOfDay } from "@/i18n/dates";
import { Avatar } from "@/ui/Avatar";
import { Banner } from "@/ui/Banner";
import { Icon } from "@/ui/Icon";
import { MessageText } from "./MessageText";

export interface MessageItemProps {
  message: StaffMessage;
  ownId: string;
  patientName: string;
  patientLanguage: string;
  reader?: PatientSeen;
  /** Full names of the colleagues that the message mentions. */
  mentioned: string[];
}

function SentAt({ at }: { at: string }) {
  const { i18n } = useTranslation();
  return (
    <time dateTime={at} title={fullDateTime(at, i18n.language)}>
      {timeOfDay(at, i18n.language)}
    </time>
  );
}

function Body({ message, mentioned, lang }: { message: StaffMessage; mentioned?: string[]; lang?: string }) {
  const { t } = useTranslation();
  if (message.integrity === "failed" || message.messageText === null)
    return (
      <Banner tone="danger" icon={LockKeyhole}>
        <b>{t("message.sealed")}</b> {t("message.sealedText")}
      </Banner>
    );
  return <MessageText text={message.messageText} mentions={mentioned} lang={lang} />;
}

/** The text in its bubble, with its files and its correction below. */
function Content({ message, lang }: { message: StaffMessage; lang?: string }) {
  const { t, i18n } = useTranslation();
  const sealed = message.integrity === "failed" || message.messageText === null;
  return (
    <>
      {sealed ? <Body message={message} /> : <div className="bubble"><Body message={message} lang={lang} /></div>}
      {message.attachments.length > 0 && (
        <ul className="attachments">
          {message.attachments.map((file) => (
            <li key={file.id} className="file">
              <Icon icon={FileText} />
              {file.filename}
            </li>
          ))}
        </ul>
      )}
      {message.revisedAt && (
        <span className="receipt">{t("message.corrected", { time: timeOfDay(message.revisedAt, i18n.language) })}</span>
      )}
    </>
  );
}

function PatientMessage({ message, patientName, patientLanguage }: MessageItemProps) {
  const { t, i18n } = useTranslation();
  const proxy = message.sentByProxy;
  const who = proxy
    ? t("message.proxyFor", { name: proxy.fullName, relationship: t(`domain.relationship.${proxy.relationship}`), patient: patientName })
    : message.senderName;
  return (
    <li className="msg" data-message={message.id}>
      <Avatar kind="patient" size="sm" initials={initials(proxy?.fullName ?? message.senderName)} />
      <div className="msg__col">
        <div className="msg__head">
          <span className="msg__who">{who}</span>
          <SentAt at={message.sentAt} />
        </div>
        <Content message={message} lang={patientLanguage === i18n.language ? undefined : patientLanguage} />
      </div>
    </li>
  );
}

function StaffReply({ message, ownId, reader }: MessageItemProps) {
  const { t, i18n } = useTranslation();
  const own = message.senderId === ownId;
  return (
    <li className="msg msg--own" data-message={message.id}>
      <div className="msg__col msg__col--own">
        <div className="msg__head">
          <span className="msg__who">{own ? t("message.you") : message.senderName}</span>
          {!own && message.senderTitle && <span>{message.senderTitle}</span>}
          <SentAt at={message.sentAt} />
        </div>
        <Content message={message} />
        {reader ? (
          <span className="receipt receipt--read">
            <Icon icon={CheckCheck} />
            {t("message.readBy", { name: reader.name, time: timeOfDay(reader.at, i18n.language) })}
          </span>
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

function SystemMessage({ message }: MessageItemProps) {
  const { t } = useTranslation();
  return (
    <li className="msg msg--system" data-message={message.id}>
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

function NoteItem({ message, mentioned }: MessageItemProps) {
  const { t } = useTranslation();
  return (
    <li className="note" data-message={message.id}>
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
      </div>
    </li>
  );
}

/** One entry of the conversation, in the shape that says who speaks to whom. */
export function MessageItem(props: MessageItemProps) {
  if (props.message.isInternalNote) return <NoteItem {...props} />;
  switch (props.message.senderType) {
    case "patient":
      return <PatientMessage {...props} />;
    case "staff":
      return <StaffReply {...props} />;
    case "system":
      return <SystemMessage {...props} />;
  }
}
