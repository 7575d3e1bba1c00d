import { Link } from "@tanstack/react-router";
import { Check, RotateCw, SendHorizontal, WifiOff } from "lucide-react";
import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { PortalPatient } from "@/api/types";
import { useDraftFiles } from "@/attachments/hooks";
import { failedOf } from "@/attachments/uploadState";
import { useWords } from "@/attachments/words";
import { codePoints, MESSAGE_LIMIT, SUBJECT_LIMIT } from "@/domain/words";
import { Banner } from "@/ui/Banner";
import { Icon } from "@/ui/Icon";
import { Act, actClass } from "../../frame/Act";
import { InputField, TextField } from "../../frame/Field";
import { usePractice } from "../../practice/practices";
import { CategoryChoice } from "./CategoryChoice";
import { Counter } from "./Counter";
import { FilesField, FilesInTheWay } from "./DraftFiles";
import { draftName, useStanding } from "./drafts";
import { ErrorSummary } from "./ErrorSummary";
import { Kept } from "./Kept";
import { RedFlagNotice } from "./RedFlagNotice";
import { failureWords } from "./sendProblem";
import { useNewMessage, type FieldName } from "./useNewMessage";

/** Where an error in the summary leads. */
const IDS = { category: "about", subject: "subject", messageText: "message" } as const satisfies Record<FieldName, string>;
const LABELS = { category: "category", subject: "subject", messageText: "message" } as const;
const LIMITS = { category: 0, subject: SUBJECT_LIMIT, messageText: MESSAGE_LIMIT } as const;

/** A new message to the care team. */
export function NewMessageForm({ patient, onStarted }: { patient: PortalPatient; onStarted: (threadId: string) => void }) {
  const { t } = useTranslation();
  const { slug } = usePractice();
  const { words } = useWords();
  const whyId = useId();
  const name = draftName(patient.id);
  const files = useDraftFiles(name);
  const standing = useStanding(name);
  const { draft, write, problems, failure, busy: sending, submit } = useNewMessage(patient.id, onStarted);
  const busy = sending || files.awaited;
  const blocked = failedOf(files) > 0;
  const [tries, setTries] = useState(0);
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (tries > 0) summary.current?.focus();
  }, [tries]);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!busy && !blocked && !(await submit())) setTries((count) => count + 1);
  };
  const errorOf = (field: FieldName) => {
    const problem = problems[field];
    if (!problem) return undefined;
    if (problem === "refused") return t("field.refused");
    return t(`field.${LABELS[field]}${problem === "missing" ? "Missing" : "Long"}`, { max: LIMITS[field].toLocaleString() });
  };
  const errors = (Object.keys(IDS) as FieldName[]).flatMap((field) => {
    const text = errorOf(field);
    return text ? [{ id: IDS[field], text }] : [];
  });
  const written = Boolean(draft.messageText || draft.subject || files.items.length > 0);

  return (
    <form className="steps" onSubmit={(event) => void send(event)} noValidate>
      {errors.length > 0 && <ErrorSummary errors={errors} ref={summary} />}
      <CategoryChoice id={IDS.category} value={draft.category} error={errorOf("category")} onChange={(category) => write({ category })} />
      <InputField
        id={IDS.subject} label={t("compose.subject")} hint={t("compose.subjectHint")} error={errorOf("subject")}
        autoComplete="off" value={draft.subject} readOnly={busy} onChange={(event) => write({ subject: event.target.value })}
      />
      <TextField
        id={IDS.messageText} label={t("compose.message")} rows={6} error={errorOf("messageText")}
        hint={t(draft.category === undefined || draft.category === "medical" ? "compose.messageHint" : "compose.messageHintOther")}
        value={draft.messageText} readOnly={busy} onChange={(event) => write({ messageText: event.target.value })}
        foot={
          <div className="field__foot">
            <Kept standing={standing} />
            <Counter used={codePoints(draft.messageText)} />
          </div>
        }
      />
      <RedFlagNotice text={`${draft.subject ?? ""}\n${draft.messageText}`} />
      <FilesField files={name} sending={sending} />
      {patient.relationship === "self" && (
        <label className="choice">
          <span className="box" aria-hidden="true"><Icon icon={Check} /></span>
          <span><b>{t("compose.private")}</b><small>{t("compose.privateHint")}</small></span>
          <input
            className="visually-hidden" type="checkbox" checked={draft.isConfidential ?? false}
            onChange={(event) => write({ isConfidential: event.target.checked })}
          />
        </label>
      )}
      {failure && (
        <Banner tone="danger" live="alert" icon={failure === "failed" ? WifiOff : undefined}>
          <b>{failureWords(failure, t).title}</b>{failureWords(failure, t).hint}
        </Banner>
      )}
      <FilesInTheWay files={name} id={whyId} />
      <div className="send-row">
        <Act type="submit" icon={failure ? RotateCw : SendHorizontal} unavailable={busy || blocked} aria-describedby={blocked || files.awaited ? whyId : undefined}>
          {files.awaited ? words("waitsShort") : t(busy ? "compose.sending" : failure ? "send.again" : "compose.send")}
        </Act>
        <Link to="/$practice" params={{ practice: slug }} search={{ show: "all" }} className={actClass({ variant: "ghost" })}>
          {t(written ? "compose.leave" : "compose.leaveEmpty")}
        </Link>
      </div>
    </form>
  );
}
