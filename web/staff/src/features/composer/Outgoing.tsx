import { Check, LoaderCircle, Lock, OctagonAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { StaffMessage } from "@/api/types";
import { Icon } from "@/ui/Icon";
import { useDraft, type Draft } from "./drafts";

function State({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  if (draft.error)
    return (
      <span className="receipt receipt--failed">
        <Icon icon={OctagonAlert} />
        {t("message.notSent")}
      </span>
    );
  return (
    <span className="receipt">
      <Icon icon={draft.sentId ? Check : LoaderCircle} />
      {t(draft.sentId ? "message.sent" : "message.sending")}
    </span>
  );
}

/**
 * Words on their way to the server, in the shape that they will have, until the message itself stands there. The draft
 * stays in its box meanwhile: nothing is cleared before the server has it.
 */
export function Outgoing({ threadId, messages }: { threadId: string; messages: StaffMessage[] }) {
  const { t } = useTranslation();
  const reply = useDraft(threadId, "reply");
  const note = useDraft(threadId, "note");
  const shows = ({ attempt, sentId }: Draft) => attempt !== null && !messages.some(({ id }) => id === sentId);
  return (
    <>
      {shows(reply) && (
        <li className="msg msg--own msg--outgoing">
          <div className="msg__col msg__col--own">
            <div className="bubble"><p className="whitespace-pre-wrap">{reply.attempt?.body.messageText}</p></div>
            <State draft={reply} />
          </div>
        </li>
      )}
      {shows(note) && (
        <li className="note msg--outgoing">
          <div className="note__label">
            <Icon icon={Lock} />
            {t("note.label")}
          </div>
          <div className="note__body">
            <p className="whitespace-pre-wrap">{note.attempt?.body.messageText}</p>
            <State draft={note} />
          </div>
        </li>
      )}
    </>
  );
}
