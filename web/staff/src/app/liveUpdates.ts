import { useEffect } from "react";
import { POLL_EVERY_MS } from "@/api/query";
import { threadKeys } from "../data/inbox";
import { queryClient } from "./session";

/**
 * Keeps lists, counts and the open conversation fresh while the page is visible. The one place that does:
 * an event stream can take its place without any other change.
 */
export function useLiveUpdates(): void {
  useEffect(() => {
    const refresh = () => {
      if (document.visibilityState === "visible") void queryClient.invalidateQueries({ queryKey: threadKeys.all });
    };
    const timer = setInterval(refresh, POLL_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
}
