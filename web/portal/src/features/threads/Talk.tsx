import { useTranslation } from "react-i18next";
import { useMemo, type Ref } from "react";
import { PictureScope } from "@/attachments/context";
import { picturesOf } from "@/attachments/MessageFiles";
import { fullDateTime, longDay } from "@/i18n/dates";
import { KeepPlace } from "./KeepPlace";
import { Message } from "./Message";
import type { Line } from "./timeline";

export interface TalkProps {
  lines: Line[];
  /** The message that a search found. */
  foundId?: string;
  log: Ref<HTMLDivElement>;
  /** Where the conversation opens: at the found message, or where the news begin. */
  found: Ref<HTMLLIElement>;
  newLine: Ref<HTMLLIElement>;
}

/** The messages, oldest first. What arrives is read out elsewhere: pages that are brought in are not news. */
export function Talk({ lines, foundId, log, found, newLine }: TalkProps) {
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
      <div role="log" aria-live="off" aria-label={t("thread.log")} ref={log}>
        <KeepPlace of={`${lines.at(0)?.key}/${lines.at(-1)?.key}`}>
          <ol className="talk">
            {lines.map((line) => {
              switch (line.kind) {
                case "message": {
                  const isFound = line.key === foundId;
                  return <Message key={line.key} message={line.message} seen={line.seen} isFound={isFound} ref={isFound ? found : undefined} />;
                }
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
        </KeepPlace>
      </div>
    </PictureScope>
  );
}
