import { useSyncExternalStore } from "react";

/** Whether a media query holds. Widths are in `em`, as in the style sheets: they move with the reader's own text size. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => window.matchMedia(query).matches,
  );
}
