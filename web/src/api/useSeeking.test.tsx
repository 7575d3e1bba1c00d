import { QueryClient, QueryClientProvider, infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useSeeking, withoutEmptyPages, type Sought } from "./useSeeking";

interface Page {
  results: number[];
  pagination: { nextCursor: number | null };
}

/** The pages that hold something; all others are empty and lead on. */
let holding: number[];
let asked: number[];
let queryClient: QueryClient;

const options = infiniteQueryOptions({
  queryKey: ["search"],
  queryFn: ({ pageParam }): Promise<Sought<Page>> => {
    asked.push(pageParam);
    return Promise.resolve({ results: holding.includes(pageParam) ? [pageParam] : [], pagination: { nextCursor: pageParam + 1 } });
  },
  initialPageParam: 0,
  getNextPageParam: (page) => page.pagination.nextCursor,
  structuralSharing: withoutEmptyPages,
  staleTime: 60_000,
});

function useSearch() {
  const found = useInfiniteQuery(options);
  const last = found.data?.pages.at(-1);
  const seeking = useSeeking(found, (last?.emptyAfter ?? 0) + (last?.results.length === 0 ? 1 : 0), "cream");
  return { found, seeking };
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const open = () =>
  renderHook(useSearch, { wrapper: ({ children }: { children: ReactNode }) => <QueryClientProvider client={queryClient}>{children}</QueryClientProvider> }).result;

beforeEach(() => {
  vi.useFakeTimers();
  holding = [];
  asked = [];
  queryClient = new QueryClient();
});
afterEach(() => vi.useRealTimers());

it("pauses between two pages that nobody asked for", async () => {
  open();
  await pass(100);
  expect(asked).toEqual([0]);
  await pass(500);
  expect(asked).toEqual([0, 1]);
});

it("stops by itself after ten pages that held nothing, and goes on for ten more when asked", async () => {
  const result = open();
  await pass(60_000);
  expect(asked).toHaveLength(10);
  expect(result.current.seeking.isSeeking).toBe(false);
  act(() => result.current.seeking.goOn());
  await pass(60_000);
  expect(asked).toEqual(Array.from({ length: 20 }, (_, at) => at));
});

it("keeps of pages that held nothing the way on alone: looking anew does not ask for each again", async () => {
  holding = [0, 4];
  const result = open();
  await pass(100);
  act(() => result.current.seeking.goOn());
  await pass(10_000);
  expect(asked).toEqual([0, 1, 2, 3, 4]);
  expect(result.current.found.data?.pages.map(({ results }) => results)).toEqual([[0], [4]]);
  expect(result.current.found.data?.pageParams).toEqual([0, 4]);
  expect(result.current.found.hasNextPage).toBe(true);
});

it("stops when told", async () => {
  const result = open();
  await pass(600);
  act(() => result.current.seeking.stop());
  await pass(60_000);
  expect(asked).toEqual([0, 1]);
});
