import { ProblemError } from "@/api/problem";

/** So long after the last key words are saved; who writes on and on is saved now and then. */
const QUIET_MS = 1_000;
const LONGEST_MS = 10_000;
/** A save that found no server is tried again. */
const RETRY_MS = 15_000;
/** Sending waits no longer than this for a save that hangs; then the save is called back. */
const HOLD_MS = 3_000;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** How the server stands to words: behind them, or up with them. */
export type Standing = "unsaved" | "saved";

/** How a save travels: past the end of its page, and until it is called back. */
export interface Travel {
  keepalive: boolean;
  signal: AbortSignal;
}

interface Save {
  done: Promise<unknown>;
  travel: AbortController;
}

interface Entry<Content> {
  /** What is written now; null clears the draft. */
  content: Content | null;
  standing: Standing;
  /** Since when the server is behind. */
  unsavedSince: number;
  /** Saves on their way. */
  saving: Set<Save>;
  /** One was called back that the server may have got all the same. */
  mayArriveLate: boolean;
  /** The words are being sent: saving them now would leave a draft of what was sent. */
  held: boolean;
  timer?: ReturnType<typeof setTimeout>;
}

const fresh = <Content>(content: Content | null): Entry<Content> => ({
  content, standing: "saved", unsavedSince: 0, saving: new Set(), mayArriveLate: false, held: false,
});

/** Refused for what it says: the same again would be refused again. */
const isRefusal = (error: unknown) =>
  error instanceof ProblemError && error.status >= 400 && error.status < 500 && ![401, 408, 409, 429].includes(error.status);

/**
 * Keeps unsent words with the server while they are written, quietly. The words themselves are their page's: this knows
 * what of them the server has. **Invariant:** no word reaches the browser's storage.
 */
export class DraftKeeper<Content> {
  #entries = new Map<string, Entry<Content>>();
  #touches = new Map<string, number>();
  #epoch = 0;
  #listeners = new Set<() => void>();

  /** `put` saves one draft, or clears it. */
  constructor(private readonly put: (name: string, content: Content | null, travel: Travel) => Promise<unknown>) {
    // A hidden page may never come back, on a phone above all.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.flush();
    });
    window.addEventListener("pagehide", () => this.flush());
    window.addEventListener("online", () => this.flush());
    // What the server does not have yet lives only as long as the page: the browser asks before it goes.
    window.addEventListener("beforeunload", (event) => {
      if (this.hasUnsaved) event.preventDefault();
      this.flush();
    });
  }

  /** Whether there are words that the server does not have. */
  get hasUnsaved(): boolean {
    return [...this.#entries.values()].some(({ content, standing }) => content !== null && standing === "unsaved");
  }

  standingOf(name: string): Standing | undefined {
    const entry = this.#entries.get(name);
    return entry?.content === null ? undefined : entry?.standing;
  }

  /** Notes that words changed under their writer's hands. */
  changed(name: string, content: Content | null): void {
    this.#touch(name);
    const entry = this.#entries.get(name) ?? fresh(content);
    if (entry.standing === "saved") entry.unsavedSince = Date.now();
    Object.assign(entry, { content, standing: "unsaved" });
    this.#entries.set(name, entry);
    this.#schedule(name, entry, Math.min(QUIET_MS, Math.max(0, entry.unsavedSince + LONGEST_MS - Date.now())));
    this.#tell();
  }

  /** Notes that words came from the server. */
  restored(name: string, content: Content): void {
    this.#entries.set(name, fresh(content));
    this.#tell();
  }

  /** Whether the words of a draft are still as they are now: what was asked for meanwhile may stand in their place. */
  watch(name: string): () => boolean {
    const [touches, epoch] = [this.#touches.get(name), this.#epoch];
    return () => this.#touches.get(name) === touches && this.#epoch === epoch;
  }

  /** Saves at once what is unsaved: of one draft, or of all. */
  flush(name?: string): void {
    const names = name === undefined ? [...this.#entries.keys()] : [name];
    names.forEach((each) => void this.#save(each, true));
  }

  /** Before words are sent: resolves when no save of them is on its way, and holds back further ones. */
  async hold(name: string): Promise<void> {
    const entry = this.#entries.get(name);
    if (!entry) return;
    clearTimeout(entry.timer);
    entry.held = true;
    if (entry.saving.size === 0) return;
    await Promise.race([Promise.all([...entry.saving].map(({ done }) => done)), wait(HOLD_MS)]);
    // What hangs must not arrive after the message that it was to become.
    entry.mayArriveLate ||= entry.saving.size > 0;
    entry.saving.forEach(({ travel }) => travel.abort());
  }

  /** They were not sent. */
  release(name: string): void {
    const entry = this.#entries.get(name);
    if (!entry) return;
    entry.held = false;
    if (entry.standing === "unsaved") this.#schedule(name, entry, QUIET_MS);
  }

  /** They were sent, and the server has cleared the draft in the same step. */
  sent(name: string): void {
    this.#touch(name);
    const entry = this.#entries.get(name);
    clearTimeout(entry?.timer);
    this.#entries.delete(name);
    if (entry?.mayArriveLate) this.#clear(name);
    this.#tell();
  }

  /** Forgets everything here; the server keeps what it has. */
  forget(): void {
    this.#epoch += 1;
    this.#entries.forEach(({ timer, saving }) => {
      clearTimeout(timer);
      // What is on its way must not set out anew in another person's name.
      saving.forEach(({ travel }) => travel.abort());
    });
    this.#entries.clear();
    this.#touches.clear();
    this.#tell();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    this.#listeners.forEach((listener) => listener());
  }

  #touch(name: string): void {
    this.#touches.set(name, (this.#touches.get(name) ?? 0) + 1);
  }

  #schedule(name: string, entry: Entry<Content>, afterMs: number): void {
    clearTimeout(entry.timer);
    if (!entry.held) entry.timer = setTimeout(() => void this.#save(name, false), afterMs);
  }

  /** Takes away what a save that was called back may have left. Words that are written meanwhile wait for it. */
  #clear(name: string): void {
    this.#entries.set(name, { ...fresh<Content>(null), standing: "unsaved" });
    void this.#save(name, true);
  }

  #put(name: string, content: Content | null, keepalive: boolean): Save {
    const travel = new AbortController();
    return { done: this.put(name, content, { keepalive, signal: travel.signal }), travel };
  }

  async #save(name: string, keepalive: boolean): Promise<void> {
    const entry = this.#entries.get(name);
    if (!entry || entry.standing === "saved" || entry.held) return;
    clearTimeout(entry.timer);
    // One after the other, so that the last one counts; a page that goes cannot wait.
    if (entry.saving.size > 0 && !keepalive) return;
    const { content } = entry;
    let again: number | null = QUIET_MS;
    const { done, travel } = this.#put(name, content, keepalive);
    const settled = done.then(
      () => {
        if (entry.content === content) entry.standing = "saved";
      },
      (error: unknown) => {
        again = isRefusal(error) && entry.content === content ? null : RETRY_MS;
      },
    );
    const save = { done: settled, travel };
    entry.saving.add(save);
    await settled;
    entry.saving.delete(save);
    if (this.#entries.get(name) !== entry) return;
    if (entry.standing === "unsaved" && again !== null) this.#schedule(name, entry, again);
    this.#tell();
  }
}
