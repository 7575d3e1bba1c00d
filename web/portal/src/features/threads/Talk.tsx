import { useTranslation } from "react-i18next";
import { useMemo, type Ref } from "react";
import { PictureScope } from "@/attachments/context";
import { picturesOf } from "@/attachments/MessageFiles";
import { fullDateTime, longDay } from "@/i18n/dates";
import { Act } from "../../frame/Act";
import { Message } from "./Message";
import type { Line } from "./timeline";

export interface TalkProps {
  lines: Line[];
  hasEarlier: boolean;
  loadingEarlier: boolean;
  onEarlier: () => void;
  /** The line at which the conversation opens. */
  newLine: Ref<HTMLLIElement>;
}

/** The messages, oldest first; what arrives is read out when the reader pauses. */
export function Talk({ lines, hasEarlier, loadingEarlier, onEarlier, newLine }: TalkProps) {
  const { t, i18n } = useTranslation();
  const pictures = useMemo(
    () =>
      lines.flatMap((line) =>
        line.kind === "message" ? picturesOf(line.message.attachments, fullDateTime(line.message.sentAt, i18n.language)) : [],
      ),
    [lines, i18n.language],
  );
  return (
    <PictureScope pictures={pictures}>
      {hasEarlier && (
        <Act variant="secondary" className="more" unavailable={loadingEarlier} onClick={onEarlier}>
          {t(loadingEarlier ? "thread.loadingEarlier" : "thread.earlier")}
        </Act>
      )}
      <div role="log" aria-label={t("thread.log")}>
        <ol className="talk">
          {lines.map((line) => {
            switch (line.kind) {
              case "message":
                return <Message key={line.key} message={line.message} seen={line.seen} />;
              case "day": {
                const day = longDay(line.at, i18n.language);
                return (
                  <li key={line.key} className={line.isNew ? "day day--unread" : "day"} ref={line.isNew ? newLine : undefined}>
                    {line.isNew ? t("thread.newFor", { day }) : day}
                  </li>
                );
              }
            }
          })}
        </ol>
      </div>
    </PictureScope>
  );
}
