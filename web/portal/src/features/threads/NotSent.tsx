import { CircleAlert, RotateCw, WifiOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useWords } from "@/attachments/words";
import { Banner } from "@/ui/Banner";
import { Icon } from "@/ui/Icon";
import { Act } from "../../frame/Act";
import { MessageText } from "./MessageText";
import { failureWords, type SendFailure } from "./sendProblem";

export interface NotSentProps {
  text: string;
  /** How many files wait with the words. */
  files: number;
  failure: SendFailure;
  busy: boolean;
  onAgain: () => void;
  onChange: () => void;
}

/** Words that did not arrive: they stand where they would, with what to do. */
export function NotSent({ text, files, failure, busy, onAgain, onChange }: NotSentProps) {
  const { t } = useTranslation();
  const { words: aboutFiles } = useWords();
  const words = failureWords(failure, t);
  return (
    <div className="stack">
      <div className="msg msg--own">
        <div className="msg-body">
          <div className="msg__head"><span className="msg__who">{t("thread.you")}</span></div>
          <div className="bubble"><MessageText text={text} /></div>
          {files > 0 && <span className="receipt">{aboutFiles("withFiles", { count: files })}</span>}
          <span className="receipt receipt--failed"><Icon icon={CircleAlert} />{t("send.notSent")}</span>
        </div>
      </div>
      <Banner tone="danger" live="alert" icon={failure === "failed" ? WifiOff : undefined}><b>{words.title}</b>{words.hint}</Banner>
      <div className="send-row">
        <Act icon={RotateCw} unavailable={busy} onClick={onAgain}>{t(busy ? "thread.sending" : "send.again")}</Act>
        <Act variant="secondary" onClick={onChange}>{t("send.change")}</Act>
      </div>
    </div>
  );
}
