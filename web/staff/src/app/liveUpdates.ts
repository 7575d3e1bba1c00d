import { useEffect } from "react";
import { LiveStream } from "@/api/liveStream";
import { LiveRefresh } from "./liveRefresh";
import { api, queryClient, useMe } from "./session";

/** Keeps lists, counts, the open conversation and who else has it open fresh. The one place that does. */
export function useLiveUpdates(): void {
  const { user } = useMe();
  useEffect(() => {
    const refresh = new LiveRefresh(queryClient, user.id);
    const end = new LiveStream(api, "/api/events", refresh).start();
    return () => {
      end();
      refresh.stop();
    };
  }, [user.id]);
}
