import type { InfiniteData, QueryClient, QueryKey } from "@tanstack/react-query";
import { Coalescer } from "@/api/coalescer";
import type { LiveEvent, ThreadEvent, ThreadEventKind } from "@/api/live";
import type { StaffThreadPage } from "@/api/types";
import { threadKeys } from "../data/inbox";
import { setViewers } from "../data/presence";

/** Lists, counts and notifications are fetched again at most this often, however much happens. */
const LISTS_GAP_MS = 1_000;
/** A conversation in which much happens at once is still read as it goes on. */
const DETAIL_GAP_MS = 250;
/** What a practice changes meets all its staff at once: they ask for it spread over this long. */
const SPREAD_MS = 4_000;
/** What was fetched as the page opened needs no second look as soon as its line stands. */
const JUST_OPENED_MS = 10_000;

const NOTIFICATIONS: QueryKey = ["notifications"];
/** What a practice decides. It changes so rarely that a screen keeps it for minutes, unless it is told. */
const PRACTICE: QueryKey[] = [["views"], ["teams"], ["staff"], ["canned-responses"], ["practice"], ["search", "practice"], ["admin", "roles"]];
/** What stays as it is under somebody's hands, a form and results read one by one: the next to open it asks anew. */
const IN_HAND: QueryKey[] = [["admin", "settings"], ["search", "results"]];
const RECENT_SEARCHES: QueryKey = ["search", "recent"];
const DETAIL = threadKeys.detail("")[1];

/**
 * What changes nothing that a row or a count shows, unless one did it oneself in another tab. A colleague's reading is
 * not among it: whoever reads first takes the conversation off everybody's unread ones.
 */
const ofDetailAlone: ReadonlySet<ThreadEventKind> = new Set(["seen", "file", "links"]);

/** Whether one's own notifications may have changed: what one read in another tab is read, what is gone is hidden. */
const touchesNotifications = (kind: ThreadEventKind, isOwn: boolean) => kind === "gone" || (kind === "read" && isOwn);

/** Turns events into the fewest questions: what is on the screen is asked for, what is not waits until it is. */
export class LiveRefresh {
  readonly #lists = new Coalescer(() => this.#fetchLists(), LISTS_GAP_MS);
  readonly #notifications = new Coalescer(() => this.#invalidate(NOTIFICATIONS), LISTS_GAP_MS);
  readonly #practice = new Coalescer(() => this.#fetchPractice(), LISTS_GAP_MS);
  readonly #details = new Map<string, Coalescer>();
  readonly #openedAt = Date.now();
  #isFirstRefresh = true;
  #practiceTimer: ReturnType<typeof setTimeout> | undefined;
  /** Whether a hidden page has yet to ask what one may do and see. */
  #isMeDue = false;

  constructor(
    private readonly queryClient: QueryClient,
    private readonly ownId: string,
    /** Asks anew what one may do and see. */
    private readonly askMe: () => Promise<void>,
  ) {
    document.addEventListener("visibilitychange", this.#onSight);
  }

  onEvent = (event: LiveEvent): void => {
    switch (event.type) {
      case "thread":
        return this.#onThread(event);
      case "presence":
        return setViewers(event.threadId, event.viewers);
      case "notification":
        this.#notifications.ask();
        return this.#lists.ask();
      case "practice":
        return this.#askPractice();
    }
  };

  /** Anything may have changed. */
  onRefresh = (): void => {
    void this.#invalidate(threadKeys.all);
    void this.#invalidate(NOTIFICATIONS);
    void this.#invalidate(RECENT_SEARCHES);
    if (!this.#isFirstRefresh || Date.now() - this.#openedAt >= JUST_OPENED_MS) this.#askPractice();
    this.#isFirstRefresh = false;
  };

  stop(): void {
    document.removeEventListener("visibilitychange", this.#onSight);
    clearTimeout(this.#practiceTimer);
    this.#lists.stop();
    this.#notifications.stop();
    this.#practice.stop();
    this.#details.forEach((detail) => detail.stop());
  }

  #onThread(event: ThreadEvent): void {
    const isOwn = event.actorId === this.ownId;
    if (isOwn || !ofDetailAlone.has(event.kind)) this.#lists.ask();
    if (touchesNotifications(event.kind, isOwn)) this.#notifications.ask();
    if (isOwn && this.#holds(event)) return;
    this.#detailOf(event.threadId).ask();
  }

  /** Whether one's own message is on the screen already: it needs no second look. */
  #holds({ threadId, kind, messageId }: ThreadEvent): boolean {
    if (kind !== "message" && kind !== "note") return false;
    const data = this.queryClient.getQueryData<InfiniteData<StaffThreadPage>>(threadKeys.detail(threadId));
    return data?.pages.some(({ messages }) => messages.some(({ id }) => id === messageId)) ?? false;
  }

  #detailOf(threadId: string): Coalescer {
    const key = threadKeys.detail(threadId);
    const known = this.#details.get(threadId);
    if (known) return known;
    const detail = new Coalescer(async () => {
      await this.#invalidate(key);
      // One that nobody looks at needs no pace of its own.
      if (!this.#isShown(key)) this.#details.delete(threadId);
    }, DETAIL_GAP_MS);
    this.#details.set(threadId, detail);
    return detail;
  }

  #isShown(queryKey: QueryKey): boolean {
    return this.queryClient.getQueryCache().findAll({ queryKey, type: "active" }).length > 0;
  }

  async #fetchLists(): Promise<void> {
    await this.#invalidate(threadKeys.all, ([, part]) => part !== DETAIL);
  }

  /** All of it is old from now on, and asked for in a while. */
  #askPractice(): void {
    for (const queryKey of [...IN_HAND, ...PRACTICE]) void this.queryClient.invalidateQueries({ queryKey, refetchType: "none" });
    this.#practiceTimer ??= setTimeout(() => {
      this.#practiceTimer = undefined;
      this.#practice.ask();
      this.#lists.ask();
    }, Math.random() * SPREAD_MS);
  }

  async #fetchPractice(): Promise<void> {
    this.#isMeDue = document.visibilityState !== "visible";
    await Promise.all([this.#isMeDue || this.askMe(), ...PRACTICE.map((queryKey) => this.#invalidate(queryKey))]);
  }

  readonly #onSight = (): void => {
    if (!this.#isMeDue || document.visibilityState !== "visible") return;
    this.#isMeDue = false;
    this.askMe().catch(() => undefined);
  };

  /** Marks as old, and fetches what is shown; a hidden page does that when somebody comes back to it. */
  #invalidate(queryKey: QueryKey, which?: (key: QueryKey) => boolean): Promise<void> {
    const refetchType = document.visibilityState === "visible" ? "active" : "none";
    return this.queryClient.invalidateQueries({ queryKey, refetchType, predicate: (query) => which?.(query.queryKey) ?? true });
  }
}
