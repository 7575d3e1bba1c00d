import "../../account.css";
import "../../words/account";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { codePoints } from "@/domain/words";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextArea } from "@/ui/TextArea";
import { useAttempt } from "../../app/useAttempt";
import { beginEmergencyAccess } from "../../data/emergency";
import { AttemptProblem } from "../second-factor/AttemptProblem";

const FORM = "emergency";
const REASON_LIMIT = 500;

/** Asks why everything must be opened, and says what follows from it. */
export default function EmergencyDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const attempt = useAttempt();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const length = codePoints(reason.trim());
  const error = length > REASON_LIMIT ? t("field.tooLong", { limit: REASON_LIMIT }) : tried && length === 0 ? t("emergency.missing") : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (length === 0 || length > REASON_LIMIT) return;
    void attempt.run(async () => {
      await beginEmergencyAccess(reason.trim());
      onClose();
    });
  };
  const number = (value: number) => value.toLocaleString(i18n.language);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("emergency.title")}
      footer={
        <>
          <Button variant="ghost" onPress={onClose}>{t("cancel")}</Button>
          <Button variant="danger" type="submit" form={FORM} unavailable={attempt.busy || attempt.wait > 0}>{t("emergency.begin")}</Button>
        </>
      }
    >
      <form id={FORM} className="grid gap-4" onSubmit={submit} noValidate>
        <AttemptProblem attempt={attempt} />
        <Banner tone="danger">{t("emergency.text")}</Banner>
        <TextArea label={t("emergency.reason")} hint={t("emergency.reasonHint")} value={reason} onChange={setReason} error={error} rows={4} counter={`${number(length)} / ${number(REASON_LIMIT)}`} />
      </form>
    </Dialog>
  );
}
