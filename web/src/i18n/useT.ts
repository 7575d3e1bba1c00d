import i18next from "i18next";
import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  i18next.on("languageChanged", listener);
  return () => i18next.off("languageChanged", listener);
}

/**
 * Words for parts that stand on the screen a hundred times. The library's own hook copies the whole translator for
 * each of them, which a scrolling list feels.
 */
export function useT() {
  const language = useSyncExternalStore(subscribe, () => i18next.language);
  return { t: i18next.t, language };
}
