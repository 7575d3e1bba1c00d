import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { problemText } from "../../app/problemText";

/** One save at a time, and what went wrong with it. */
export function useSaving() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  /** Whether it was done. */
  const save = async (act: () => Promise<void>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setFailure(null);
    try {
      await act();
      return true;
    } catch (error) {
      setFailure(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, save, setFailure };
}

/** The server's code for a field or for one of its parts, such as a line of a list. */
function codeOf(failure: unknown, pointer: string): string | undefined {
  if (!isProblem(failure)) return undefined;
  return failure.problem?.errors?.find((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))?.code;
}

/** What the server said of one field, in words; nothing where it took it. */
export function refusedField(t: TFunction, failure: unknown, pointer: string): string | undefined {
  const code = codeOf(failure, pointer);
  return code && t(`admin.refused.${code}`, { defaultValue: t("admin.refused.other") });
}

/** Says that nothing was saved and why, unless each of these fields says it itself. */
export function NotSaved({ failure, fields = [] }: { failure: unknown; fields?: string[] }) {
  const { t } = useTranslation();
  if (!failure) return null;
  if (fields.some((pointer) => codeOf(failure, pointer) !== undefined)) return null;
  return <Banner tone="danger" live="alert"><b>{t("admin.notSaved")}</b> {problemText(t, failure)}</Banner>;
}

const alike = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Whether a draft says anything else than what it began with. */
export const isChanged = <T,>(before: T, draft: T): boolean => !alike(before, draft);

/** A newer state with one's own changes laid over it: what somebody else changed besides is kept. */
export function rebased<T extends object>(before: T, draft: T, newest: T): T {
  const keys = Object.keys(newest) as (keyof T)[];
  const own = keys.filter((key) => !alike(before[key], draft[key])).map((key) => [key, draft[key]]);
  return { ...newest, ...Object.fromEntries(own) };
}

/** A mail address as far as a form can tell; the server decides. */
export const looksLikeEmail = (text: string): boolean => /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.test(text.trim());
