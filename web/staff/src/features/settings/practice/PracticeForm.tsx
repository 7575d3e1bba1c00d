import { useCallback, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { PracticeSettingsAnswer } from "@/api/types";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { showToast } from "@/ui/toasts";
import { queryClient } from "../../../app/session";
import { practiceOptions, savePractice } from "../../../data/admin/practice";
import { isChanged, NotSaved, rebased, refusedField, useSaving } from "../forms";
import { Access } from "./Access";
import { Answering } from "./Answering";
import { checked, tidied, type Pointer } from "./checks";
import type { PartProps } from "./field";
import { Hours } from "./Hours";
import { Identity } from "./Identity";
import { LeaveGuard } from "./LeaveGuard";
import { Look } from "./Look";
import { Patients } from "./Patients";
import { SaveBar } from "./SaveBar";

/** All of the settings, saved as one. What somebody else saved meanwhile is taken in; one's own changes stay. */
export function PracticeForm({ settings }: { settings: PracticeSettingsAnswer }) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [before, setBefore] = useState(settings);
  const [draft, setDraft] = useState(settings);
  const [tried, setTried] = useState(false);
  const [wasChanged, setWasChanged] = useState(false);
  const { busy, failure, save, setFailure } = useSaving();
  const dirty = isChanged(before, draft);
  const wrong = checked(draft);
  const wrongNames = Object.keys(wrong) as Pointer[];
  const start = (newest: PracticeSettingsAnswer) => {
    setBefore(newest);
    setDraft(newest);
    setTried(false);
  };
  // The same at every keystroke: the heavier parts are drawn anew for their own changes alone.
  const change = useCallback((some: Partial<PracticeSettingsAnswer>) => {
    setDraft((old) => ({ ...old, ...some }));
    setFailure(null);
  }, [setFailure]);
  const part: PartProps = {
    draft,
    change,
    error: (pointer) => refusedField(t, failure, pointer) ?? (tried && wrong[pointer] ? t(`admin.practice.wrong.${wrong[pointer]}`) : undefined),
  };
  const takeNewest = async (error: unknown) => {
    if (!isProblem(error, "version_mismatch")) throw error;
    const newest = await queryClient.fetchQuery({ ...practiceOptions(), staleTime: 0 });
    setBefore(newest);
    setDraft(rebased(before, draft, newest));
    setWasChanged(true);
  };
  const store = async () => {
    start(await savePractice({ ...tidied(draft), version: before.version }));
    showToast(t("admin.saved"));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setWasChanged(false);
    if (wrongNames.length === 0) await save(() => store().catch(takeNewest));
    // After what is wrong has been marked.
    setTimeout(() => form.current?.querySelector<HTMLElement>(".field--invalid :is(input, textarea, button, [role=spinbutton]), [role=alert]")?.focus());
  };
  return (
    <form ref={form} className="practice" onSubmit={(event) => void submit(event)} noValidate>
      {wasChanged && <Banner tone="info" live="alert">{t("admin.changedMeanwhile")}</Banner>}
      {tried && wrongNames.length > 0 && (
        <Banner tone="danger" live="alert">
          <b>{t("admin.notSaved")}</b> {t("admin.practice.look", { fields: wrongNames.map((name) => t(`admin.practice.field.${name.slice(1)}`)).join(", ") })}
        </Banner>
      )}
      <NotSaved failure={failure} fields={Object.keys(draft).map((name) => `/${name}`)} />
      <Identity {...part} />
      <Hours {...part} />
      <Answering {...part} />
      <Look {...part} />
      <Access {...part} />
      <Patients {...part} />
      <SaveBar dirty={dirty} busy={busy} onUndo={() => start(before)} />
      <LeaveGuard isUnsaved={dirty} />
    </form>
  );
}
