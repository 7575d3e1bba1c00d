import { useEffect } from "react";
import { isProblem } from "@/api/problem";
import { loseWhom } from "./session";

/** The server no longer knows whom the account acts for: the reader chooses again. */
export function useAskWhomOn(error: unknown): void {
  const lost = isProblem(error, "acting_for_required");
  useEffect(() => {
    if (lost) loseWhom();
  }, [lost]);
}
