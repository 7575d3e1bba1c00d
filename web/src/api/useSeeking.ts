import { useEffect, useState } from "react";

/** What this asks of a list that comes page by page. */
interface Paged {
  data: { pages: unknown[] } | undefined;
  hasNextPage: boolean;
  isFetching: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => Promise<unknown>;
}

export interface Seeking {
  /** Whether the next page is asked for without anybody's doing. */
  isSeeking: boolean;
  stop: () => void;
  /** Asks for the next page, and for those after it until one holds something. */
  goOn: () => void;
}

/**
 * Goes on by itself after a page that held nothing: the server ends a page early when it has looked through enough,
 * so an empty one with a cursor does not mean that there is nothing. Whoever has seen enough stops it, for this search.
 */
export function useSeeking(found: Paged, heldNothing: boolean, search: string): Seeking {
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = found;
  const pageCount = found.data?.pages.length;
  const [stopped, setStopped] = useState<string | null>(null);
  const isSeeking = heldNothing && hasNextPage && !isFetchNextPageError && stopped !== search;
  useEffect(() => {
    if (isSeeking && !isFetching) void fetchNextPage();
    // A page may come so fast that nothing was seen to be fetched: it counts as one all the same.
  }, [isSeeking, isFetching, pageCount, fetchNextPage]);
  return {
    isSeeking,
    stop: () => setStopped(search),
    goOn: () => {
      setStopped(null);
      if (!isFetching) void fetchNextPage();
    },
  };
}
