import type { EventSourceMessage } from "eventsource-parser";
import { backoff } from "./backoff";
import type { ApiClient } from "./client";
import { readEventStream } from "./eventStream";
import { readLiveEvent, type ClosingReason, type LiveEvent, type StreamEvent } from "./live";
import { ProblemError } from "./problem";
import { POLL_EVERY_MS } from "./query";
import { watchWaking } from "./waking";

/** The server's heart beats every 15 s: after this long without a byte the line is dead. */
const DEAD_AFTER_MS = 40_000;
/** Somebody who comes back to a line that missed a beat does not wait for it to be declared dead. */
const DOUBTFUL_AFTER_MS = 20_000;
const LOOK_EVERY_MS = 5_000;
/** A page that nobody sees gives its line back after a while; browsers allow six to a server. */
const HIDDEN_MS = 60_000;
/** A line that broke sooner counts as one more failure. */
const STEADY_AFTER_MS = 10_000;
/** A planned end (a release) meets everybody at once: the first try is spread over more than a second. */
const PLANNED_END_FAILURES = 2;

export interface LiveHandlers {
  onEvent: (event: LiveEvent) => void;
  /** Anything may have changed: fetch again whatever is shown. */
  onRefresh: () => void;
  /** The line stands, for the first time or again: what could not be told the server may be told now. */
  onLive?: () => void;
}

/** How a connection ended. */
interface Ending {
  closing?: ClosingReason;
  liveSince?: number;
  retryAfterSeconds?: number;
}

/**
 * One tab's live line to the server. It comes back by itself, where it left off, and polls while there is none.
 *
 * Each tab that somebody sees holds one of its own: a leader that shares its stream with the other tabs saves
 * connections that hidden tabs do not hold anyway, and costs elections that may go wrong. It never counts as a
 * person's act.
 */
export class LiveStream {
  readonly #stopped = new AbortController();
  #connection: AbortController | null = null;
  #lastEventId: string | undefined;
  #lastByteAt = 0;
  #isLive = false;
  #failures = 0;
  #hiddenSince: number | null = null;
  #wake: () => void = () => undefined;

  constructor(
    private readonly api: Pick<ApiClient, "stream" | "refresh">,
    private readonly path: string,
    private readonly handlers: LiveHandlers,
  ) {}

  /** Starts the line; the answer ends it for good. */
  start(): () => void {
    const look = setInterval(() => this.#look(), LOOK_EVERY_MS);
    const poll = setInterval(() => this.#poll(), POLL_EVERY_MS);
    const unwatch = watchWaking((why) => this.#onWaking(why === "network"));
    this.#look();
    void this.#run();
    return () => {
      clearInterval(look);
      clearInterval(poll);
      unwatch();
      this.#stopped.abort();
      this.#connection?.abort();
      this.#wake();
    };
  }

  get #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  get #isPutAway(): boolean {
    return this.#hiddenSince !== null && Date.now() - this.#hiddenSince >= HIDDEN_MS;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      if (this.#isPutAway) {
        await this.#rest();
        continue;
      }
      const ending = await this.#connect();
      if (this.#isStopped) return;
      await this.#rest(await this.#delayAfter(ending));
    }
  }

  /** Waits this long, or until something says that now is better; without a time, for that alone. */
  #rest(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #delayAfter({ closing, liveSince, retryAfterSeconds }: Ending): Promise<number> {
    if (liveSince !== undefined && Date.now() - liveSince >= STEADY_AFTER_MS) this.#failures = 0;
    if (closing === "shutdown") this.#failures = Math.max(this.#failures, PLANNED_END_FAILURES);
    // A session that cannot go on is told to the app by the client itself, which then stops this line.
    if (closing === "session_ended") await this.api.refresh().catch(() => undefined);
    const delay = backoff(this.#failures++);
    return Math.max(delay, (retryAfterSeconds ?? 0) * 1000);
  }

  async #connect(): Promise<Ending> {
    const connection = new AbortController();
    const ending: Ending = {};
    this.#connection = connection;
    this.#lastByteAt = Date.now();
    try {
      const headers = { accept: "text/event-stream", ...(this.#lastEventId ? { "last-event-id": this.#lastEventId } : {}) };
      const response = await this.api.stream(this.path, headers, connection.signal);
      this.#lastByteAt = Date.now();
      if (response.body)
        await readEventStream(response.body, {
          onBytes: () => (this.#lastByteAt = Date.now()),
          onMessage: (message) => connection.signal.aborted || this.#take(message, ending, connection),
        });
    } catch (error) {
      // Whatever broke, the line is gone; only how long to wait may be said.
      if (error instanceof ProblemError) ending.retryAfterSeconds = error.retryAfter;
    }
    connection.abort();
    this.#isLive = false;
    return ending;
  }

  #take(message: EventSourceMessage, ending: Ending, connection: AbortController): void {
    if (message.id) this.#lastEventId = message.id;
    const event = readLiveEvent(message.event, message.data);
    if (!event) return;
    if (event.type === "closing") {
      ending.closing = event.reason;
      connection.abort();
    } else if (event.type === "ready" || event.type === "reset") this.#onState(event, ending);
    else this.handlers.onEvent(event);
  }

  #onState(event: Exclude<StreamEvent, { type: "closing" }>, ending: Ending): void {
    if (event.type === "ready") {
      this.#isLive = true;
      ending.liveSince ??= Date.now();
      this.handlers.onLive?.();
    }
    if (event.type === "reset" || !event.resumed) this.handlers.onRefresh();
  }

  #look(): void {
    if (document.visibilityState === "visible") this.#hiddenSince = null;
    else this.#hiddenSince ??= Date.now();
    if (this.#isPutAway || Date.now() - this.#lastByteAt >= DEAD_AFTER_MS) this.#connection?.abort();
  }

  #poll(): void {
    if (!this.#isLive && document.visibilityState === "visible") this.handlers.onRefresh();
  }

  /** Somebody opened the lid, came back to the tab, or the network is there again. */
  #onWaking(isNewNetwork: boolean): void {
    this.#look();
    if (document.visibilityState !== "visible") return;
    this.#failures = 0;
    if (isNewNetwork || Date.now() - this.#lastByteAt >= DOUBTFUL_AFTER_MS) this.#connection?.abort();
    this.#wake();
  }
}
