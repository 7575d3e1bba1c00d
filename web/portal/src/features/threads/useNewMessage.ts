import { useEffect, useRef, useState } from "react";
import { isProblem } from "@/api/problem";
import { codePoints, MESSAGE_LIMIT, SUBJECT_LIMIT } from "@/domain/words";
import { attachments } from "../../session/attachments";
import {
  draftName, draftSent, holdDraft, keepDraft, keySpent, leaveDraft, releaseDraft, restoreNewMessage, tryFor, useDraft, type Draft,
} from "./drafts";
import { useStartThread } from "./queries";
import { sendFailure, type SendFailure } from "./sendProblem";

export type FieldName = "category" | "subject" | "messageText";
export type FieldProblem = "missing" | "long" | "refused";
export type FieldProblems = Partial<Record<FieldName, FieldProblem>>;

const NOTHING: Draft = { messageText: "", subject: "" };
const FIELDS: FieldName[] = ["category", "subject", "messageText"];

/** Says what is missing or too long, counting as the server counts. */
export function problemsOf(draft: Draft): FieldProblems {
  const text = (value: string, limit: number) =>
    codePoints(value) === 0 ? "missing" : codePoints(value) > limit ? "long" : undefined;
  const found: FieldProblems = {
    category: draft.category ? undefined : "missing",
    subject: text(draft.subject ?? "", SUBJECT_LIMIT),
    messageText: text(draft.messageText, MESSAGE_LIMIT),
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem));
}

/** A new conversation while it is written. Its words go only when the server has them. */
export function useNewMessage(patientId: string, onStarted: (threadId: string) => void) {
  const name = draftName(patientId);
  const kept = useDraft(name);
  // What was chosen without a word is no draft yet; it stays when words come back from before.
  const [chosen, setChosen] = useState<Partial<Draft>>({});
  const draft: Draft = { ...NOTHING, ...kept, ...chosen };
  const [holding, setHolding] = useState(false);
  const [problems, setProblems] = useState<FieldProblems>({});
  const [failure, setFailure] = useState<SendFailure | null>(null);
  const start = useStartThread();
  // Who has left the page is not taken to another one when the sending ends.
  const onScreen = useRef(false);
  useEffect(() => {
    onScreen.current = true;
    void restoreNewMessage(patientId);
    return () => {
      onScreen.current = false;
      leaveDraft(name);
    };
  }, [patientId, name]);

  const write = (change: Partial<Draft>) => {
    const next = { ...draft, ...change };
    const { category, isConfidential } = change;
    if (category !== undefined || isConfidential !== undefined) setChosen({ ...chosen, ...change });
    keepDraft(name, next);
    // A mended field loses its error; a new one appears only with the next try.
    setProblems((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !(field in change))));
  };

  /** Resolves to whether all fields were accepted. */
  const submit = async (): Promise<boolean> => {
    const found = problemsOf(draft);
    setProblems(found);
    setFailure(null);
    const { category, subject = "", messageText, isConfidential } = draft;
    if (Object.keys(found).length > 0 || !category) return false;
    const uploaded = await attachments.uploads.whenDone(name);
    if (uploaded.kind !== "ready") return true;
    const { ids } = uploaded;
    const body = {
      category, subject, messageText, ...(isConfidential && { isConfidential }), ...(ids.length > 0 && { attachmentIds: ids }),
    };
    setHolding(true);
    await holdDraft(name);
    try {
      const { threadId } = await start.mutateAsync(tryFor("new", body, body));
      attachments.uploads.sent(name, ids);
      draftSent(name);
      setChosen({});
      keySpent();
      if (onScreen.current) onStarted(threadId);
      return true;
    } catch (error) {
      releaseDraft(name);
      if (isProblem(error, "attachment_not_found") && (await attachments.uploads.missAny(name))) return true;
      const refused = isProblem(error) ? FIELDS.filter((field) => error.fieldCode(`/${field}`)) : [];
      setProblems(Object.fromEntries(refused.map((field) => [field, "refused" as const])));
      if (refused.length === 0) setFailure(sendFailure(error));
      return refused.length === 0;
    } finally {
      setHolding(false);
    }
  };

  return { draft, write, problems, failure, busy: holding || start.isPending, submit };
}
