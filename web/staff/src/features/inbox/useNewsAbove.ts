import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { newestAtOptions, type ThreadFilter } from "../../data/inbox";
import type { Stretch } from "./useSteadyList";

/** Whether something newer than the list's top has come since that was let go of, deep down in a long list. */
export function useNewsAbove(filter: ThreadFilter, loaded: Stretch, listKey: string): boolean {
  const [known, setKnown] = useState({ listKey, topAt: "" });
  const isAway = loaded.before > 0;
  const knownAt = known.listKey === listKey ? known.topAt : "";
  const topAt = isAway ? knownAt : (loaded.threads[0]?.lastMessageAt ?? "");
  if (known.listKey !== listKey || known.topAt !== topAt) setKnown({ listKey, topAt });
  const { data: newestAt } = useQuery({ ...newestAtOptions(filter), enabled: isAway });
  return isAway && topAt !== "" && newestAt !== undefined && newestAt > topAt;
}
