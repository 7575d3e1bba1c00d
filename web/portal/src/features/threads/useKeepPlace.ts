import { useLayoutEffect, useRef } from "react";

/** Keeps what the reader looks at in its place while earlier messages come in above it. */
export function useKeepPlace(firstId: string | undefined) {
  const fromBottom = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (fromBottom.current === null) return;
    window.scrollTo({ top: document.documentElement.scrollHeight - fromBottom.current, behavior: "instant" });
    fromBottom.current = null;
  }, [firstId]);
  return {
    keep: async (load: () => Promise<unknown>) => {
      const measure = () => (fromBottom.current = document.documentElement.scrollHeight - window.scrollY);
      measure();
      // The reader may scroll while the page is on its way: their last place counts.
      window.addEventListener("scroll", measure, { passive: true });
      try {
        await load();
      } finally {
        window.removeEventListener("scroll", measure);
      }
    },
  };
}
