import "../words/work";
import i18next from "i18next";
import { showToast } from "@/ui/toasts";
import { problemText } from "./problemText";

/** What came of taking something back. */
interface Undone {
  done: number;
  refused: number;
  /** Why it stopped, and how it goes on. */
  stoppedBy?: unknown;
  rest?: () => Promise<Undone>;
}

/** An undo that stopped says what is as it was, and offers what is not yet. */
function tellUndone({ done, refused, stoppedBy, rest }: Undone): void {
  if (stoppedBy !== undefined) {
    const what = done > 0 ? i18next.t("undo.stopped", { count: done }) : i18next.t("undo.failed");
    const text = `${what} ${problemText(i18next.t, stoppedBy)}`;
    if (rest) offerUndo(text, rest);
    else showToast(text);
  } else showToast(refused > 0 ? i18next.t("undo.partly", { count: refused }) : i18next.t("undo.done"));
}

/** Says what was done and offers for a while to take it back: by the toast's button or by its key. */
export function offerUndo(text: string, undo: () => Promise<Undone | void>): void {
  const run = async () => {
    try {
      tellUndone((await undo()) ?? { done: 1, refused: 0 });
    } catch (error) {
      showToast(`${i18next.t("undo.failed")} ${problemText(i18next.t, error)}`);
    }
  };
  showToast(text, { label: i18next.t("undo.undo"), hotkey: "Z", run: () => void run() });
}
