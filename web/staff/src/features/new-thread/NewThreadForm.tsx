import { SendHorizontal } from "lucide-react";
import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { newIdempotencyKey } from "@/api/client";
import { isProblem } from "@/api/problem";
import type { Category, NewStaffThread, PatientMatch, Priority } from "@/api/types";
import { useDraftFiles } from "@/attachments/hooks";
import { failedOf } from "@/attachments/uploadState";
import { useWords } from "@/attachments/words";
import { CategoryBadge, PriorityBadge } from "@/domain/badges";
import { CATEGORIES, codePoints, findBlanks, MESSAGE_LIMIT, PRIORITIES, shortName, SUBJECT_LIMIT } from "@/domain/words";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Select } from "@/ui/Select";
import { TextArea } from "@/ui/TextArea";
import { TextField } from "@/ui/TextField";
import { problemText } from "../../app/problemText";
import { useMe } from "../../app/session";
import { attachments } from "../../data/attachments";
import { startThread } from "../../data/threads";
import { NewThreadFiles, NEW_THREAD_FILES } from "./NewThreadFiles";
import { PatientPicker } from "./PatientPicker";

interface Values {
  patient: PatientMatch | null;
  subject: string;
  category: Category;
  priority: Priority;
  text: string;
}

/** Sends with one key for as long as the words stay the same. */
function useStart(onCreated: (threadId: string) => void) {
  const attempt = useRef<{ body: string; key: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const onItsWay = useRef(false);
  const left = useRef(false);
  const start = async (words: NewStaffThread) => {
    const uploaded = await attachments.uploads.whenDone(NEW_THREAD_FILES);
    if (uploaded.kind !== "ready") return;
    const { ids } = uploaded;
    const thread = ids.length > 0 ? { ...words, attachmentIds: ids } : words;
    const body = JSON.stringify(thread);
    if (attempt.current?.body !== body) attempt.current = { body, key: newIdempotencyKey() };
    setBusy(true);
    setFailure(null);
    onItsWay.current = true;
    try {
      const { threadId } = await startThread(thread, attempt.current.key);
      attachments.uploads.sent(NEW_THREAD_FILES, ids);
      onItsWay.current = false;
      onCreated(threadId);
    } catch (error) {
      const gone = isProblem(error, "attachment_not_found") && (await attachments.uploads.missAny(NEW_THREAD_FILES));
      if (!gone) setFailure(error);
      setBusy(false);
      onItsWay.current = false;
      if (left.current) attachments.uploads.discard(NEW_THREAD_FILES);
    }
  };
  // The words of this page end with it, and so do its files; but not those that a message is just taking along.
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
      if (!onItsWay.current) attachments.uploads.discard(NEW_THREAD_FILES);
    };
  }, []);
  return { busy, failure, start };
}

function useErrors(values: Values) {
  const { t } = useTranslation();
  const subject = codePoints(values.subject);
  const text = codePoints(values.text);
  const blanks = findBlanks(values.text);
  return {
    patient: values.patient ? undefined : t("newThread.choosePatient"),
    subject: subject === 0 ? t("field.required") : subject > SUBJECT_LIMIT ? t("field.tooLong", { limit: SUBJECT_LIMIT }) : undefined,
    text: text === 0 ? t("field.required") : text > MESSAGE_LIMIT ? t("composer.tooLong")
      : blanks.length > 0 ? `${t("composer.blanks", { count: blanks.length })} ${blanks.map((blank) => blank.text).join(", ")}` : undefined,
  };
}

/** Patient, subject, kind, words. Nothing typed is lost when sending fails. */
export function NewThreadForm({ onCreated }: { onCreated: (threadId: string) => void }) {
  const { t, i18n } = useTranslation();
  const { categories } = useMe();
  const offered = CATEGORIES.filter((category) => categories.includes(category));
  const [values, setValues] = useState<Values>({ patient: null, subject: "", category: offered[0] ?? "general", priority: "normal", text: "" });
  const [tried, setTried] = useState(false);
  const { words } = useWords();
  const whyId = useId();
  const { busy: sending, failure, start } = useStart(onCreated);
  const files = useDraftFiles(NEW_THREAD_FILES);
  const failed = failedOf(files);
  const busy = sending || files.awaited;
  const errors = useErrors(values);
  const set = (part: Partial<Values>) => setValues((old) => ({ ...old, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const { patient, subject, category, priority, text } = values;
    if (busy || failed > 0 || !patient || errors.subject || errors.text) return;
    void start({ patientId: patient.id, subject: subject.trim(), category, priority, messageText: text.trim() });
  };
  const shown: Partial<typeof errors> = tried ? errors : {};
  const number = (value: number) => value.toLocaleString(i18n.language === "es" ? "es-US" : "en-US");
  return (
    <form className="page-form" onSubmit={submit} noValidate>
      {Boolean(failure) && (
        <Banner tone="danger" live="alert">
          <b>{t("composer.notSent")}</b> {problemText(t, failure)} {t("composer.kept")}
        </Banner>
      )}
      <PatientPicker chosen={values.patient} onChoose={(patient) => set({ patient })} error={shown.patient} />
      <TextField label={t("newThread.subject")} value={values.subject} onChange={(subject) => set({ subject })} error={shown.subject} autoComplete="off" />
      <div className="page-form__pair">
        <Select label={t("newThread.category")} value={values.category} onChange={(id) => set({ category: id as Category })} options={offered.map((id) => ({ id, label: t(`domain.category.${id}`), content: <CategoryBadge category={id} /> }))} />
        <Select label={t("newThread.priority")} value={values.priority} onChange={(id) => set({ priority: id as Priority })} options={PRIORITIES.map((id) => ({ id, label: t(`domain.priority.${id}`), content: <PriorityBadge priority={id} /> }))} />
      </div>
      <TextArea label={t("newThread.message")} rows={8} value={values.text} onChange={(text) => set({ text })} error={shown.text} counter={`${number(codePoints(values.text))} / ${number(MESSAGE_LIMIT)}`} />
      <NewThreadFiles sending={sending} />
      <div>
        {failed > 0 && <p className="field__hint" id={whyId}>{words("blocked", { count: failed })}</p>}
        <Button type="submit" variant="primary" icon={SendHorizontal} unavailable={busy || failed > 0} aria-describedby={failed > 0 ? whyId : undefined}>
          {files.awaited ? words("waitsShort") : sending ? t("composer.sending") : values.patient ? t("composer.sendTo", { name: shortName(values.patient.fullName) }) : t("newThread.send")}
        </Button>
      </div>
    </form>
  );
}
