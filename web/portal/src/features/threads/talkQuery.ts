import { infiniteQueryOptions, type InfiniteData } from "@tanstack/react-query";
import type { PortalThreadPage } from "@/api/types";
import { client } from "../../session/session";
import { BASE, THREADS } from "./queries";

const MESSAGE_PAGE = 50;
/** So many pages stand on the screen at once: a conversation of years stays as quick as one of a week. */
const PAGES_AT_ONCE = 6;

/** Which messages: the newest, those around one, or those that a cursor leads to. */
export type TalkPart = { around: string } | { cursor: string } | null;

export type TalkData = InfiniteData<PortalThreadPage, unknown>;

/**
 * One conversation: its newest messages, or those around one of them, and from there earlier and later ones by
 * cursor. The latest page stands first.
 */
export function talkQuery(threadId: string, around?: string) {
  return infiniteQueryOptions({
    queryKey: [...THREADS, "one", threadId, around ?? null],
    queryFn: ({ pageParam, signal }) =>
      client.get<PortalThreadPage>(`${BASE}/threads/${encodeURIComponent(threadId)}`, {
        query: { limit: MESSAGE_PAGE, ...pageParam }, signal,
      }),
    initialPageParam: (around ? { around } : null) as TalkPart,
    getNextPageParam: ({ pagination: { hasMore, nextCursor } }): TalkPart =>
      hasMore && nextCursor ? { cursor: nextCursor } : null,
    getPreviousPageParam: ({ pagination: { newerCursor } }): TalkPart => (newerCursor ? { cursor: newerCursor } : null),
    maxPages: PAGES_AT_ONCE,
    // Opening always asks anew: where the news begin is decided by what the server knows then.
    gcTime: 0,
  });
}

/** Whether nothing newer is left out. */
export function isAtEnd({ pages, pageParams }: TalkData): boolean {
  return pageParams[0] === null || pages[0]?.pagination.hasNewer === false;
}
