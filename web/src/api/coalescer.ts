/**
 * Runs a task as often as it is asked for, but never twice at a time and never sooner than `gapMs` after the last
 * start. **Invariant:** after the last asking, the task starts once more: nothing that was asked for is missed.
 */
export class Coalescer {
  #isAsked = false;
  #isRunning = false;
  #startedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly task: () => Promise<unknown>,
    private readonly gapMs: number,
  ) {}

  ask(): void {
    this.#isAsked = true;
    this.#plan();
  }

  /** Forgets what was asked for and not started. */
  stop(): void {
    this.#isAsked = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #plan(): void {
    if (!this.#isAsked || this.#isRunning || this.#timer !== undefined) return;
    const wait = this.#startedAt + this.gapMs - Date.now();
    if (wait <= 0) void this.#run();
    else
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        void this.#run();
      }, wait);
  }

  async #run(): Promise<void> {
    this.#isAsked = false;
    this.#isRunning = true;
    this.#startedAt = Date.now();
    // A task that failed says so where it shows; here it has had its turn.
    await this.task().catch(() => undefined);
    this.#isRunning = false;
    this.#plan();
  }
}
