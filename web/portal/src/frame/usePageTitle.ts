import { useEffect } from "react";

/** Sets the window's title. **Invariant:** never a name, a subject or a word of a patient. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
