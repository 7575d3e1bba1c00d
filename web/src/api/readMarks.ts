import { backoff } from "./backoff";
import { isProblem } from "./problem";

/** Whether the same may be answered otherwise a little later. */
function mayPass(error: unknown): boolean {
  return isProblem(error) && (error.status === 0 || error.status === 429 || error.status >= 500);
}

/** Tells the server how far somebody has read; `isFirst` while that answers to their act. */
type Tell = (threadId: string, messageId: string, isFirst: boolean) => Promise<void>;

/**
 * How far somebody has read each conversation, until the server knows. What it could not be told it is told again,
 * also when the reader has gone on: a message that was read must not stay unread for everybody.
 */
export class ReadMarks {
  readonly #due = new Map<string, string>();
  readonly #underWay = new Map<string, Promise<void>>();
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly tell: Tell) {}

  /** Somebody has read up to this message. */
  mark(threadId: string, messageId: string): void {
    this.#due.set(threadId, messageId);
    this.#tell(threadId, true);
  }

  /** The server may be there again. */
  again(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const threadId of this.#due.keys()) this.#tell(threadId, false);
  }

  /** Lets go of all of them. */
  forget(): void {
    this.#due.clear();
  }

  /** Lets go of one conversation, which its reader wants to be unread; no mark of it is on its way afterwards. */
  async letGo(threadId: string): Promise<void> {
    this.#due.delete(threadId);
    await this.#underWay.get(threadId);
  }

  #tell(threadId: string, isFirst: boolean): void {
    const messageId = this.#due.get(threadId);
    if (messageId === undefined || this.#underWay.has(threadId)) return;
    const telling = this.#try(threadId, messageId, isFirst).then(() => {
      this.#underWay.delete(threadId);
      // Somebody read on meanwhile.
      if (this.#due.has(threadId) && this.#due.get(threadId) !== messageId) this.#tell(threadId, false);
    });
    this.#underWay.set(threadId, telling);
  }

  async #try(threadId: string, messageId: string, isFirst: boolean): Promise<void> {
    try {
      await this.tell(threadId, messageId, isFirst);
      this.#failures = 0;
      this.#settle(threadId, messageId);
    } catch (error) {
      if (mayPass(error)) this.#retryLater();
      else this.#settle(threadId, messageId);
    }
  }

  #settle(threadId: string, messageId: string): void {
    if (this.#due.get(threadId) === messageId) this.#due.delete(threadId);
  }

  #retryLater(): void {
    this.#timer ??= setTimeout(() => this.again(), backoff(++this.#failures));
  }
}
