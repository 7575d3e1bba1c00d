import type { Rendition } from "@/api/attachments";

/** A picture on its way to the screen, or there. */
export interface Picture {
  url: string | null;
  failed: boolean;
}

interface Entry {
  picture: Picture;
  holders: number;
  abort: AbortController;
  leaving?: ReturnType<typeof setTimeout>;
}

type Load = (id: string, rendition: Rendition, signal: AbortSignal) => Promise<Blob>;

const NOTHING: Picture = { url: null, failed: false };
/** A thumbnail that leaves one screen often comes back on the next. */
const LINGER_MS: Record<Rendition, number> = { thumbnail: 20_000, full: 0 };

/**
 * Pictures as object URLs, for as long as somebody shows them. **Invariant:** `clear` leaves no URL and no bytes
 * behind; both apps call it when a session ends.
 */
export class Pictures {
  #entries = new Map<string, Entry>();
  #offered = new Set<string>();
  #session = new AbortController();
  #listeners = new Set<() => void>();

  constructor(private readonly load: Load) {}

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  of(id: string, rendition: Rendition): Picture {
    return this.#entries.get(`${rendition} ${id}`)?.picture ?? NOTHING;
  }

  /** Fetches a picture unless it is here; returns the way to let go of it. */
  hold(id: string, rendition: Rendition): () => void {
    const key = `${rendition} ${id}`;
    const known = this.#entries.get(key);
    const held = known ?? { picture: NOTHING, holders: 0, abort: new AbortController() };
    if (!known || known.picture.failed) {
      held.picture = NOTHING;
      this.#entries.set(key, held);
      void this.#fetch(key, held, id, rendition);
    }
    clearTimeout(held.leaving);
    held.holders += 1;
    return () => {
      held.holders -= 1;
      if (held.holders === 0) held.leaving = setTimeout(() => this.#forget(key, held), LINGER_MS[rendition]);
    };
  }

  /** Aborted by the next `clear`: what is still on its way then is not handed out. */
  get session(): AbortSignal {
    return this.#session.signal;
  }

  /** Hands a file to the browser's own downloads. */
  offer(blob: Blob, filename: string): void {
    const url = URL.createObjectURL(blob);
    this.#offered.add(url);
    const link = document.createElement("a");
    link.href = url;
    link.download = filename;
    link.click();
    // The browser has taken it by then.
    setTimeout(() => this.#offered.delete(url) && URL.revokeObjectURL(url), 10_000);
  }

  clear(): void {
    this.#session.abort();
    this.#session = new AbortController();
    for (const [key, entry] of [...this.#entries]) this.#forget(key, entry);
    this.#offered.forEach((url) => URL.revokeObjectURL(url));
    this.#offered.clear();
    this.#tell();
  }

  async #fetch(key: string, entry: Entry, id: string, rendition: Rendition): Promise<void> {
    try {
      const blob = await this.load(id, rendition, entry.abort.signal);
      if (entry.abort.signal.aborted) return;
      entry.picture = { url: URL.createObjectURL(blob), failed: false };
    } catch {
      if (entry.abort.signal.aborted) return;
      entry.picture = { url: null, failed: true };
    }
    if (this.#entries.get(key) === entry) this.#tell();
  }

  #forget(key: string, entry: Entry): void {
    clearTimeout(entry.leaving);
    entry.abort.abort();
    if (entry.picture.url) URL.revokeObjectURL(entry.picture.url);
    entry.picture = NOTHING;
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }

  #tell(): void {
    this.#listeners.forEach((listener) => listener());
  }
}
