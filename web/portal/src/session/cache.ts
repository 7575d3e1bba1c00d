import { QueryClient } from "@tanstack/react-query";
import { onForget } from "./session";

/** Every answer about a patient lives here and dies with the session or the change of person. */
export const queryClient = new QueryClient({
  defaultOptions: {
    // The client repeats lost reads on its own; the live hook says when to look again.
    queries: { retry: false, staleTime: 5_000, refetchOnWindowFocus: false, networkMode: "always" },
    mutations: { retry: false, networkMode: "always" },
  },
});

onForget(() => {
  void queryClient.cancelQueries();
  queryClient.clear();
});
