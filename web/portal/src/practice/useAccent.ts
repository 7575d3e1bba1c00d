import { useLayoutEffect } from "react";
import type { Accent } from "@/api/types";

/** Shows the pages in the practice's colour; `accents.css` has the values. */
export function useAccent(accent: Accent): void {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset["accent"] = accent;
    return () => void delete dataset["accent"];
  }, [accent]);
}
