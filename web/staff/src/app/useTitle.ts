import { useEffect } from "react";

/** Names the page. **Invariant:** callers pass fixed words, never a name or a subject: titles outlive the screen. */
export function useTitle(page: string): void {
  useEffect(() => {
    document.title = `${page} · Threadwell`;
  }, [page]);
}
