import { QueryClient } from "@tanstack/react-query";
import { ProblemError } from "./problem";

/** How often an open screen asks again while it is visible. */
export const POLL_EVERY_MS = 15_000;

/** The cache of one app, in memory alone; signing out clears it. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The client has already repeated what a lost connection may repeat; refusals stay refusals.
        retry: (failures, error) => failures < 1 && error instanceof ProblemError && error.status >= 500,
        staleTime: 5_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  });
}
