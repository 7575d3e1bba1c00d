import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { PortalThreadPage } from "@/api/types";
import { isAtEnd, talkQuery, type TalkData } from "./talkQuery";

/** Once at the end, a reader stays there: what comes after it is fetched too. */
function useFollowing(data: TalkData | undefined): boolean {
  const first = JSON.stringify(data?.pageParams[0]);
  const atEnd = data !== undefined && isAtEnd(data);
  const [endedWith, setEndedWith] = useState<string | undefined>();
  if (atEnd && endedWith !== first) setEndedWith(first);
  return atEnd || (data !== undefined && endedWith === first);
}

const NONE: PortalThreadPage[] = [];

/** The part of a conversation that is on the screen, and the ways to its other parts. */
export function useTalk(threadId: string, around?: string) {
  const query = useInfiniteQuery(talkQuery(threadId, around));
  const pages = query.data?.pages ?? NONE;
  const following = useFollowing(query.data);
  const { fetchPreviousPage } = query;
  const leftBehind = following && query.hasPreviousPage && !query.isFetching && !query.isFetchPreviousPageError;
  useEffect(() => {
    if (leftBehind) void fetchPreviousPage();
  }, [leftBehind, fetchPreviousPage]);

  const messages = useMemo(() => {
    const all = [...pages].reverse().flatMap((page) => page.messages);
    // Pages shift when messages arrive between two fetches: each message stands once.
    return [...new Map(all.map((message) => [message.id, message])).values()];
  }, [pages]);
  return {
    query, messages,
    newest: pages[0],
    /** Whether the newest message is among them: only then may one write. */
    following,
  };
}

export type Talk = ReturnType<typeof useTalk>;
