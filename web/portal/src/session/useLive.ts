import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { POLL_EVERY_MS } from "@/api/query";

/**
 * Keeps what is on the screen fresh: looks again every 15 seconds while the page is visible, and at
 * once when it becomes so. These looks carry no activity mark, so they never keep a session alive.
 */
export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") void queries.invalidateQueries({ queryKey: ["threads"] });
    };
    const timer = setInterval(look, POLL_EVERY_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [queries]);
}
