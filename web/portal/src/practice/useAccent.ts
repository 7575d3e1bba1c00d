import { useLayoutEffect } from "react";
import type { Accent } from "@/api/accountTypes.portal";

/** Shows the pages in the practice's colour; `accents.css` has the values. */
export function useAccent(accent: Accent | undefined): void {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset["accent"] = accent ?? "violet";
    return () => void delete dataset["accent"];
  }, [accent]);
}
