import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useEffect } from "react";
import type { LiveEvent } from "@/api/live";
import { LiveStream } from "@/api/liveStream";
import { LiveRefresh } from "./liveRefresh";
import { readMarks } from "./readMarks";
import { client, useMe } from "./session";

const STREAM = "/api/patient-portal/events";
const ALL: QueryKey = ["threads"];
const LIST: QueryKey = ["threads", "list"];

/**
 * What is out of date after an event. **Invariant:** only what the portal is meant to hear of changes anything; all
 * else, known elsewhere or new, is passed over in silence.
 */
export function staleAfter(event: LiveEvent): QueryKey[] {
  if (event.type !== "thread") return [];
  const one: QueryKey = ["threads", "one", event.threadId];
  switch (event.kind) {
    case "started":
    case "message":
    case "status":
    case "fields":
      return [LIST, one];
    case "seen":
    case "file":
      return [one];
    case "read":
      return [LIST];
    default:
      return [];
  }
}

/**
 * Keeps what is on the screen fresh by the patient's event stream, and by asking every 15 seconds while there is
 * none. Neither carries an activity mark, so they never keep a session alive. Another patient has another stream.
 */
export function useLive(): void {
  const queries = useQueryClient();
  const { account, actingFor } = useMe();
  useEffect(() => {
    if (actingFor === null) return;
    const live = new LiveRefresh(queries);
    const hangUp = new LiveStream(client, STREAM, {
      onEvent: (event) => staleAfter(event).forEach((key) => live.refresh(key)),
      onRefresh: () => live.refresh(ALL),
      onLive: () => readMarks.again(),
    }).start();
    return () => {
      hangUp();
      live.stop();
    };
  }, [queries, account.id, actingFor]);
}
