import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AutoReply } from "@/api/types";
import { CategoryBadge } from "@/domain/badges";
import { codePoints, MESSAGE_LIMIT } from "@/domain/words";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { TextArea } from "@/ui/TextArea";
import { showToast } from "@/ui/toasts";
import { problemText } from "../../app/problemText";
import { saveAutoReply } from "../../data/autoReplies";

/** One category's automatic reply: its words, and whether it is sent. */
export function AutoReplyForm({ reply, mayManage }: { reply: AutoReply; mayManage: boolean }) {
  const { t } = useTranslation();
  const [text, setText] = useState(reply.messageText);
  const [active, setActive] = useState(reply.isActive);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const changed = text.trim() !== reply.messageText || active !== reply.isActive;
  const length = codePoints(text);
  const error = active && length === 0 ? t("autoReplies.needsText") : length > MESSAGE_LIMIT ? t("composer.tooLong") : undefined;
  const name = t(`domain.category.${reply.category}`);

  const save = async () => {
    if (error || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await saveAutoReply({ category: reply.category, messageText: text.trim(), isActive: active });
      setText(text.trim());
      showToast(t("autoReplies.saved", { name }));
    } catch (caught) {
      setFailure(caught);
    }
    setBusy(false);
  };
  return (
    <li className="card-item">
      <div className="card-item__head">
        <h2><CategoryBadge category={reply.category} /></h2>
        {mayManage ? (
          <Checkbox isSelected={active} onChange={setActive}>{t("autoReplies.active")}</Checkbox>
        ) : (
          <span className="badge">{t(reply.isActive ? "autoReplies.on" : "autoReplies.off")}</span>
        )}
      </div>
      {Boolean(failure) && <Banner tone="danger" live="alert"><b>{t("canned.notSaved")}</b> {problemText(t, failure)}</Banner>}
      {mayManage ? (
        <TextArea label={t("autoReplies.label", { name })} rows={3} value={text} onChange={setText} error={error} />
      ) : (
        <p className="whitespace-pre-wrap">{reply.messageText || t("autoReplies.none")}</p>
      )}
      {mayManage && changed && (
        <div className="card-item__foot">
          <span />
          <span>
            <Button variant="ghost" size="sm" onPress={() => { setText(reply.messageText); setActive(reply.isActive); }}>{t("cancel")}</Button>
            <Button variant="secondary" size="sm" unavailable={busy || Boolean(error)} onPress={() => void save()}>{t("autoReplies.save", { name })}</Button>
          </span>
        </div>
      )}
    </li>
  );
}
