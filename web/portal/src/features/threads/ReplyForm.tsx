import { MessageSquareReply, SendHorizontal } from "lucide-react";
import { lazy, Suspense, useId, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { PortalThread } from "@/api/types";
import { useDraftFiles } from "@/attachments/hooks";
import { failedOf } from "@/attachments/uploadState";
import { useWords } from "@/attachments/words";
import { StatusIcon } from "@/domain/icons";
import { codePoints, MESSAGE_LIMIT } from "@/domain/words";
import { monthDay } from "@/i18n/dates";
import { Act } from "../../frame/Act";
import { TextField } from "../../frame/Field";
import { PhoneSentence } from "../../practice/PhoneSentence";
import { Counter } from "./Counter";
import { AddFiles, FilesInTheWay, ReplyFiles } from "./DraftFiles";
import { useStanding } from "./drafts";
import { Kept } from "./Kept";
import { NotSent } from "./NotSent";
import { RedFlagNotice } from "./RedFlagNotice";
import { useReply, type ReplyError, type ReplyOptions } from "./useReply";

const StaleReplyDialog = lazy(async () => ({ default: (await import("./StaleReplyDialog")).StaleReplyDialog }));

const errorWords: Record<ReplyError, string> = { missing: "field.messageMissing", long: "field.messageLong", refused: "field.refused" };

/** The place to answer. A closed conversation says first what writing would do. */
export function ReplyForm({ thread, ...options }: Omit<ReplyOptions, "threadId"> & { thread: PortalThread }) {
  const { t } = useTranslation();
  const reply = useReply({ ...options, threadId: thread.id });
  const { words } = useWords();
  const whyId = useId();
  const files = useDraftFiles(reply.name);
  const busy = reply.busy || files.awaited;
  const blocked = failedOf(files) > 0;
  const [writing, setWriting] = useState(reply.text !== "" || files.items.length > 0);
  const standing = useStanding(reply.name);
  const add = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const closed = thread.status === "closed";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy && !blocked) void reply.submit();
    if (codePoints(reply.text) === 0) field.current?.focus();
  };
  const write = (text: string) => {
    // A closed conversation's box stays, though its words are taken out again.
    if (closed) setWriting(true);
    reply.write(text);
  };
  const backToWords = () => {
    reply.edit();
    requestAnimationFrame(() => field.current?.focus());
  };

  if (reply.failure)
    return (
      <NotSent text={reply.text} files={files.items.length} failure={reply.failure} busy={busy} onAgain={() => void reply.submit()} onChange={backToWords} />
    );
  const dialog = reply.missed && (
    <Suspense>
      <StaleReplyDialog missed={reply.missed} draft={reply.text} onEdit={backToWords} onSendUnchanged={() => void reply.sendUnchanged()} />
    </Suspense>
  );
  if (closed && !writing && reply.text === "") return <ClosedCard thread={thread} onWrite={() => setWriting(true)} />;
  return (
    <form className="card reply" onSubmit={submit} data-keeps-focus>
      {closed && <p className="field__hint"><ClosedSentence thread={thread} /></p>}
      <TextField
        label={t("thread.reply")} placeholder={t("thread.replyPlaceholder")} rows={3} ref={field} autoFocus={closed && writing}
        error={reply.error ? t(errorWords[reply.error], { max: MESSAGE_LIMIT.toLocaleString() }) : undefined}
        value={reply.text} readOnly={busy} onChange={(event) => write(event.target.value)}
        foot={reply.text && (
          <div className="field__foot">
            <Kept standing={standing} />
            <Counter used={codePoints(reply.text)} />
          </div>
        )}
      />
      <RedFlagNotice text={reply.text} />
      <ReplyFiles files={reply.name} sending={reply.busy} onEmptied={() => add.current?.focus()} />
      <FilesInTheWay files={reply.name} id={whyId} />
      <div className="send-row">
        <Act type="submit" icon={SendHorizontal} unavailable={busy || blocked} aria-describedby={blocked || files.awaited ? whyId : undefined}>
          {files.awaited ? words("waitsShort") : t(busy ? "thread.sending" : "thread.sendReply")}
        </Act>
        <AddFiles files={reply.name} ref={add} />
      </div>
      <p className="visually-hidden" role="status">{reply.busy ? t("thread.sending") : reply.isSent && t("thread.sentNow")}</p>
      <p className="field__hint"><PhoneSentence i18nKey="thread.worse" /></p>
      {dialog}
    </form>
  );
}

/** When writing opens the conversation again, and when it starts another. */
function ClosedSentence({ thread }: { thread: PortalThread }) {
  const { t, i18n } = useTranslation();
  const until = thread.reopensUntil;
  return until && Date.parse(until) > Date.now()
    ? t("thread.closedUntil", { date: monthDay(until, i18n.language) })
    : t("thread.closedAfter");
}

function ClosedCard({ thread, onWrite }: { thread: PortalThread; onWrite: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="card reply">
      <div className="closed-card">
        <StatusIcon status="closed" />
        <div>
          <h2>{t("thread.closedHeading")}</h2>
          <p className="lede"><ClosedSentence thread={thread} /></p>
        </div>
      </div>
      <div className="send-row"><Act icon={MessageSquareReply} onClick={onWrite}>{t("thread.writeAgain")}</Act></div>
    </div>
  );
}
