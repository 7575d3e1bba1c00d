import { CheckCheck, LockKeyhole } from "lucide-react";
import type { StaffMessage } from "@/api/types";
import { MessageFiles } from "@/attachments/MessageFiles";
import { fullDateTime, timeOfDay } from "@/i18n/dates";
import { useT } from "@/i18n/useT";
import { Banner } from "@/ui/Banner";
import { Icon } from "@/ui/Icon";
import { MessageText } from "./MessageText";
import type { Reader } from "./timeline";

/** What one entry of the timeline needs. */
export interface MessageItemProps {
  message: StaffMessage;
  ownId: string;
  patientName: string;
  patientLanguage: string;
  /** Who has read it, the first to name first. */
  readers?: readonly Reader[];
  /** The conversation was opened at this message. */
  isHit: boolean;
  /** Full names of the colleagues that the message mentions. */
  mentioned: string[];
}

/** What every entry of the timeline is marked with. */
export function entryProps({ message, isHit }: MessageItemProps) {
  return { "data-message": message.id, "data-hit": isHit || undefined };
}

/** Who has read a message and when; several, the first by name and all in the tooltip. */
export function ReadBy({ readers }: { readers: readonly Reader[] }) {
  const { t, language } = useT();
  const words = readers.map(({ name, at }) => t("message.readBy", { name, time: timeOfDay(at, language) }));
  const more = readers.length - 1;
  return (
    <span className="receipt receipt--read" title={words.join("\n")}>
      <Icon icon={CheckCheck} />
      {words[0]}
      {more > 0 && ` ${t("message.andMore", { count: more })}`}
    </span>
  );
}

/** The time, with the full date as tooltip. */
export function SentAt({ at }: { at: string }) {
  const { language } = useT();
  return (
    <time dateTime={at} title={fullDateTime(at, language)}>
      {timeOfDay(at, language)}
    </time>
  );
}

/** The words, or why they cannot be shown. */
export function Body({ message, mentioned, lang }: { message: StaffMessage; mentioned?: string[]; lang?: string }) {
  const { t } = useT();
  if (message.integrity === "failed" || message.messageText === null)
    return (
      <Banner tone="danger" icon={LockKeyhole}>
        <b>{t("message.sealed")}</b> {t("message.sealedText")}
      </Banner>
    );
  return <MessageText text={message.messageText} mentions={mentioned} lang={lang} />;
}

/** The files of the message, if it has any. */
export function Files({ message }: { message: StaffMessage }) {
  const { language } = useT();
  const files = message.attachments;
  return files.length > 0 ? <MessageFiles files={files} when={fullDateTime(message.sentAt, language)} /> : null;
}

/** The text in its bubble, with its files and its correction below. */
export function Content({ message, lang }: { message: StaffMessage; lang?: string }) {
  const { t, language } = useT();
  const sealed = message.integrity === "failed" || message.messageText === null;
  return (
    <>
      {sealed ? <Body message={message} /> : <div className="bubble"><Body message={message} lang={lang} /></div>}
      <Files message={message} />
      {message.revisedAt && (
        <span className="receipt">{t("message.corrected", { time: timeOfDay(message.revisedAt, language) })}</span>
      )}
    </>
  );
}
