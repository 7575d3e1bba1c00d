import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { newIdempotencyKey } from "@/api/client";
import type { CannedResponse, Category } from "@/api/types";
import { CategoryBadge } from "@/domain/badges";
import { CATEGORIES, codePoints, findBlanks, MESSAGE_LIMIT } from "@/domain/words";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Select } from "@/ui/Select";
import { TextArea } from "@/ui/TextArea";
import { TextField } from "@/ui/TextField";
import { problemText } from "../../app/problemText";
import { createCanned, updateCanned } from "../../data/canned";

const FORM = "canned-response";
const TITLE_LIMIT = 255;

/** Writes a new canned response or corrects one. */
export function CannedForm({ response, onDone }: { response: CannedResponse | null; onDone: () => void }) {
  const { t } = useTranslation();
  const [title, setTitle] = useState(response?.title ?? "");
  const [category, setCategory] = useState<Category>(response?.category ?? "general");
  const [text, setText] = useState(response?.responseText ?? "");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [key] = useState(newIdempotencyKey);
  const titleLength = codePoints(title);
  const titleError = titleLength === 0 ? t("field.required") : titleLength > TITLE_LIMIT ? t("field.tooLong", { limit: TITLE_LIMIT }) : undefined;
  const textLength = codePoints(text);
  const textError = textLength === 0 ? t("field.required") : textLength > MESSAGE_LIMIT ? t("composer.tooLong") : undefined;
  const blanks = findBlanks(text).length;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || titleError || textError) return;
    const input = { title: title.trim(), category, responseText: text.trim() };
    setBusy(true);
    try {
      await (response ? updateCanned(response.id, input) : createCanned(input, key));
      onDone();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onDone}
      title={t(response ? "canned.editTitle" : "canned.newTitle")}
      footer={
        <>
          <Button variant="ghost" onPress={onDone}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={FORM} unavailable={busy}>{t("save")}</Button>
        </>
      }
    >
      <form id={FORM} className="grid gap-4" onSubmit={(event) => void submit(event)} noValidate>
        {Boolean(failure) && <Banner tone="danger" live="alert"><b>{t("canned.notSaved")}</b> {problemText(t, failure)}</Banner>}
        <TextField label={t("canned.title")} value={title} onChange={setTitle} error={tried ? titleError : undefined} autoFocus autoComplete="off" />
        <Select label={t("newThread.category")} value={category} onChange={(id) => setCategory(id as Category)} options={CATEGORIES.map((id) => ({ id, label: t(`domain.category.${id}`), content: <CategoryBadge category={id} /> }))} />
        <TextArea label={t("canned.text")} hint={t("canned.hint")} rows={7} value={text} onChange={setText} error={tried ? textError : undefined} counter={blanks > 0 ? t("picker.blanks", { count: blanks }) : undefined} />
      </form>
    </Dialog>
  );
}
