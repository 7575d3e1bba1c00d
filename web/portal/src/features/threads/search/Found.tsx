import { Link } from "@tanstack/react-router";
import { ChevronRight, Paperclip } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { PortalHit, TextPart } from "@/api/types";
import { langOf } from "@/domain/language";
import { Icon } from "@/ui/Icon";
import { noteOpened } from "../arrivals";
import { Kind } from "../Kind";
import { cardTime } from "../../../frame/times";

export interface FoundProps {
  found: PortalHit;
  practice: string;
  focused: boolean;
  onOpen: () => void;
}

/** A message that was found: who wrote it and when, in which conversation, and the words in their place. */
export function Found({ found, practice, focused, onOpen }: FoundProps) {
  const { t, i18n } = useTranslation();
  const { thread, message, subject, snippet } = found;
  return (
    <li>
      <Link
        to="/$practice/messages/$threadId" params={{ practice, threadId: thread.id }} search={{ message: message.id }}
        className="conv"
        onClick={() => {
          noteOpened(message.id);
          onOpen();
        }}
        ref={focused ? (link: HTMLAnchorElement | null) => void link?.focus() : undefined}
      >
        <span className="found__who">
          <b><Writer message={message} /></b>
          <time dateTime={message.sentAt}>{cardTime(message.sentAt, i18n.language, t)}</time>
        </span>
        <h3><Marked pieces={subject} otherwise={t("home.unreadableSubject")} /></h3>
        <p className="found__words"><Marked pieces={snippet} otherwise={t("home.unreadablePreview")} /></p>
        <span className="conv__foot">
          <Kind category={thread.category} />
          {message.hasAttachments && <span className="category"><Icon icon={Paperclip} />{t("search.files")}</span>}
        </span>
        <Icon icon={ChevronRight} size="lg" className="chev" />
      </Link>
    </li>
  );
}

function Writer({ message }: Pick<PortalHit, "message">) {
  const { t } = useTranslation();
  if (message.isOwn) return t("thread.you");
  return message.senderType === "system" ? t("thread.automatedSystem") : message.senderName;
}

/** A text with the searched words marked in it. */
function Marked({ pieces, otherwise }: { pieces: TextPart[]; otherwise: string }) {
  const { i18n } = useTranslation();
  const text = pieces.map((piece) => piece.text).join("");
  if (text === "") return otherwise;
  return (
    <span dir="auto" lang={langOf(text, i18n.language)}>
      {pieces.map((piece, at) => (piece.isHit ? <mark key={at}>{piece.text}</mark> : piece.text))}
    </span>
  );
}
