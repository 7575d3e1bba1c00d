import "../words/work";
import i18next from "i18next";
import { showToast } from "@/ui/toasts";
import { problemText } from "./problemText";

/** Says what was done and offers for a while to take it back: by the toast's button or by its key. */
export function offerUndo(text: string, undo: () => Promise<{ refused: number } | void>): void {
  const run = async () => {
    try {
      const outcome = await undo();
      const refused = outcome?.refused ?? 0;
      showToast(refused > 0 ? i18next.t("undo.partly", { count: refused }) : i18next.t("undo.done"));
    } catch (error) {
      showToast(`${i18next.t("undo.failed")} ${problemText(i18next.t, error)}`);
    }
  };
  showToast(text, { label: i18next.t("undo.undo"), hotkey: "Z", run: () => void run() });
}
