import { hashKey, type QueryClient, type QueryKey } from "@tanstack/react-query";

/**
 * Fetches again what changed, but never in the middle of a fetch: an answer on its way may be older than the change,
 * and breaking it off would lose the page that a reader waits for.
 */
export class LiveRefresh {
  readonly #due = new Map<string, QueryKey>();
  readonly #unsubscribe: () => void;

  constructor(private readonly queries: QueryClient) {
    this.#unsubscribe = queries.getQueryCache().subscribe(({ type }) => type === "updated" && this.#flush());
  }

  /** What stands below this key is out of date. */
  refresh(key: QueryKey): void {
    this.#due.set(hashKey(key), key);
    this.#flush();
  }

  stop(): void {
    this.#due.clear();
    this.#unsubscribe();
  }

  #flush(): void {
    for (const [name, queryKey] of this.#due) {
      if (this.queries.isFetching({ queryKey }) > 0) continue;
      this.#due.delete(name);
      void this.queries.invalidateQueries({ queryKey });
    }
  }
}
