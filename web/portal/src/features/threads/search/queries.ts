import { infiniteQueryOptions } from "@tanstack/react-query";
import type { PortalSearchResults } from "@/api/types";
import { withoutEmptyPages, type Sought } from "@/api/useSeeking";
import { causedByPerson } from "../../../session/activity";
import { client } from "../../../session/session";

const FOUND_PAGE = 20;

/**
 * The messages that hold these words, newest first. The words stay in memory: they may name what ails somebody.
 * What was found stays as it is until the reader searches again: each search reads the record of the patient.
 * Asking for it is an act of theirs, as asking for more is; pages that come by themselves after an empty one keep no
 * session alive.
 */
export function searchQuery(words: string) {
  return infiniteQueryOptions({
    queryKey: ["search", words],
    queryFn: ({ pageParam, signal }) =>
      client.get<Sought<PortalSearchResults>>("/api/patient-portal/messages/search", {
        query: { q: words, limit: FOUND_PAGE, cursor: pageParam }, userAction: pageParam === null || causedByPerson(), signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.pagination.hasMore ? last.pagination.nextCursor : null),
    structuralSharing: withoutEmptyPages,
    staleTime: 5 * 60_000,
  });
}
