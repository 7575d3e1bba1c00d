import { ChevronUp, Eye, MessageSquareQuote, SendHorizontal, TextCursorInput } from "lucide-react";
import { useId, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { StaffThreadDetail } from "@/api/types";
import { useWords } from "@/attachments/words";
import { codePoints, findBlanks, MESSAGE_LIMIT, shortName } from "@/domain/words";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { Kbd } from "@/ui/Kbd";
import { Menu } from "@/ui/Menu";
import { VisuallyHidden } from "@/ui/VisuallyHidden";
import { useMay } from "../../app/session";
import { filesOfDraft } from "../../data/attachments";
import { AttachTools } from "./AttachTools";
import { Counter } from "./Counter";
import { DraftFiles, useFilesInTheWay } from "./DraftFiles";
import { setDraftText, useDraft } from "./drafts";
import { Kept } from "./Kept";
import { MessageBox, type MessageBoxHandle } from "./MessageBox";
import { Recipients } from "./Recipients";
import { SendFailure } from "./SendFailure";
import type { Then } from "./useSend";

interface ReplyPanelProps {
  thread: StaffThreadDetail;
  box: RefObject<MessageBoxHandle | null>;
  sending: boolean;
  takesFocus: boolean;
  onTookFocus: () => void;
  onSend: (then: Then) => void;
  onPick: () => void;
}

/** Words for the patient: who reads them stands above, the reader's name on the button. */
export function ReplyPanel({ thread, box, sending, takesFocus, onTookFocus, onSend, onPick }: ReplyPanelProps) {
  const { t } = useTranslation();
  const may = useMay();
  const whyId = useId();
  const { words } = useWords();
  const draft = useDraft(thread.id, "reply");
  const files = filesOfDraft(thread.id, "reply");
  const inTheWay = useFilesInTheWay(files);
  const length = codePoints(draft.text);
  const blanks = findBlanks(draft.text);
  const why = length === 0 ? t("composer.empty") : length > MESSAGE_LIMIT ? t("composer.tooLong") : inTheWay.why;
  const busy = sending || inTheWay.awaited;
  const blocked = busy || why !== "" || blanks.length > 0;

  const send = (then: Then) => {
    if (blanks.length > 0) box.current?.nextBlank();
    else if (!blocked) onSend(then);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    send("stay");
  };
  const ways = [
    ...(may("close") ? [{ id: "close", label: t("composer.sendAndClose") }] : []),
    ...(may("send_for_review") && thread.status !== "waiting-provider" ? [{ id: "wait-for-provider", label: t("composer.sendAndAsk") }] : []),
  ];
  return (
    <>
      <div className="composer__to">
        <Icon icon={Eye} size="sm" />
        <Recipients thread={thread} />
      </div>
      <MessageBox
        ref={box}
        label={t("composer.replyLabel", { name: thread.patientName })}
        placeholder={t("composer.replyHint")}
        text={draft.text}
        onChange={(text) => setDraftText(thread.id, "reply", text)}
        guardBlanks
        readOnly={busy}
        takesFocus={takesFocus}
        onTookFocus={onTookFocus}
        describedBy={blanks.length > 0 ? `${whyId}-blanks` : undefined}
        onKeyDown={onKeyDown}
        onSlash={onPick}
      />
      <DraftFiles files={files} mode="reply" patientName={thread.patientName} sending={sending} />
      <div className="composer__warn">
        {blanks.length > 0 && (
          <Banner tone="danger" icon={TextCursorInput} live="alert" id={`${whyId}-blanks`} end={<Button variant="ghost" size="sm" className="banner__act" onPress={() => box.current?.nextBlank()}>{t("composer.goToBlank")}</Button>}>
            <b>{t("composer.blanks", { count: blanks.length })}</b> {blanks.map((blank) => blank.text).join(", ")}
          </Banner>
        )}
        <SendFailure error={draft.error} note={false} onAgain={() => send(draft.attempt?.body.then ?? "stay")} />
      </div>
      <div className="composer__tools">
        <AttachTools files={files} mode="reply" />
        {may("use_canned") && (
          <Button variant="ghost" icon={MessageSquareQuote} onPress={onPick}>
            <span className="composer__name">{t("composer.cannedOne")}</span>
            <Kbd>/</Kbd>
          </Button>
        )}
        <span className="end">
          <Kept threadId={thread.id} mode="reply" />
          <Counter length={length} />
          <span className={ways.length > 0 ? "btn-split" : undefined}>
            <Button variant="primary" icon={SendHorizontal} aria-disabled={blocked || undefined} aria-describedby={blanks.length > 0 ? `${whyId}-blanks` : why ? whyId : undefined} onPress={() => send("stay")}>
              {sending ? t("composer.sending") : inTheWay.awaited ? words("waitsShort") : t("composer.sendTo", { name: shortName(thread.patientName) })}
              <Kbd className="wide-only">Ctrl ↵</Kbd>
            </Button>
            {ways.length > 0 && (
              <Menu
                label={t("composer.otherWays")} placement="top end" groups={[{ entries: ways }]} onAction={(id) => send(id as Then)}
                trigger={<Button variant="primary" icon={ChevronUp} aria-label={t("composer.otherWays")} aria-disabled={blocked || undefined} />}
              />
            )}
          </span>
          {why && <span id={whyId}><VisuallyHidden>{why}</VisuallyHidden></span>}
        </span>
      </div>
    </>
  );
}
