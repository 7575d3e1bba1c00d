import { infiniteQueryOptions } from "@tanstack/react-query";
import type { PortalSearchResults } from "@/api/types";
import { client } from "../../../session/session";

const FOUND_PAGE = 20;

/**
 * The messages that hold these words, newest first. The words stay in memory: they may name what ails somebody.
 * What was found stays as it is until the reader searches again: each search reads the record of the patient.
 */
export function searchQuery(words: string) {
  return infiniteQueryOptions({
    queryKey: ["search", words],
    queryFn: ({ pageParam, signal }) =>
      client.get<PortalSearchResults>("/api/patient-portal/messages/search", {
        query: { q: words, limit: FOUND_PAGE, cursor: pageParam }, userAction: true, signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.pagination.hasMore ? last.pagination.nextCursor : null),
    staleTime: 5 * 60_000,
  });
}
