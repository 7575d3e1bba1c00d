import { replaceEqualDeep, type InfiniteData } from "@tanstack/react-query";
import { useEffect, useState } from "react";

/** Between two pages that nobody asked for: the server has others to answer. */
const PAUSE_MS = 500;
/** After so many pages without anything, whoever searches says whether to go on. */
const MOST_PAGES = 10;

/** A page of a search, and how many that held nothing came after it: of those the cursor alone is kept. */
export type Sought<Page> = Page & { emptyAfter?: number };

interface SearchPage {
  results: unknown[];
  pagination: unknown;
  emptyAfter?: number;
}

/**
 * Lets the pages of a search go that held nothing, so that looking at it anew does not ask for each of them again.
 * For a query's `structuralSharing`, which every answer passes. The first page stays: it says what was understood.
 */
export function withoutEmptyPages(old: unknown, fresh: unknown): unknown {
  const { pages, pageParams } = fresh as InfiniteData<SearchPage>;
  const kept: InfiniteData<SearchPage> = { pages: [], pageParams: [] };
  pages.forEach((page, at) => {
    const last = kept.pages.at(-1);
    if (last && page.results.length === 0) {
      kept.pages[kept.pages.length - 1] = { ...last, pagination: page.pagination, emptyAfter: (last.emptyAfter ?? 0) + 1 };
    } else {
      kept.pages.push(page);
      kept.pageParams.push(pageParams[at]);
    }
  });
  return replaceEqualDeep(old, kept);
}

/** What this asks of a list that comes page by page. */
interface Paged {
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
 * so an empty one with a cursor does not mean that there is nothing. Whoever has seen enough stops it, for this search;
 * after a while it stops by itself. `emptyPages` is how many held nothing since something was found.
 */
export function useSeeking(found: Paged, emptyPages: number, search: string): Seeking {
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = found;
  const [stopped, setStopped] = useState<string | null>(null);
  const [allowed, setAllowed] = useState({ search, pages: MOST_PAGES });
  const most = allowed.search === search ? allowed.pages : MOST_PAGES;
  const isSeeking = emptyPages > 0 && emptyPages < most && hasNextPage && !isFetchNextPageError && stopped !== search;
  useEffect(() => {
    if (!isSeeking || isFetching) return;
    const timer = setTimeout(() => void fetchNextPage(), PAUSE_MS);
    return () => clearTimeout(timer);
    // A page may come so fast that nothing was seen to be fetched: it counts as one all the same.
  }, [isSeeking, isFetching, emptyPages, fetchNextPage]);
  return {
    isSeeking,
    stop: () => setStopped(search),
    goOn: () => {
      setStopped(null);
      setAllowed({ search, pages: emptyPages + MOST_PAGES });
      if (!isFetching) void fetchNextPage();
    },
  };
}
