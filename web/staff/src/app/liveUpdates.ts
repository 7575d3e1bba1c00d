import { useEffect } from "react";
import { LiveStream } from "@/api/liveStream";
import { readMarks } from "../data/threads";
import { LiveRefresh } from "./liveRefresh";
import { api, followMe, queryClient, useMe } from "./session";

/** Keeps lists, counts, the open conversation and who else has it open fresh. The one place that does. */
export function useLiveUpdates(): void {
  const { user } = useMe();
  useEffect(() => {
    const refresh = new LiveRefresh(queryClient, user.id, followMe);
    const { onEvent, onRefresh } = refresh;
    const end = new LiveStream(api, "/api/events", { onEvent, onRefresh, onLive: () => readMarks.again() }).start();
    return () => {
      end();
      refresh.stop();
    };
  }, [user.id]);
}
