import type { UploadOptions } from "@/api/attachments";
import { newIdempotencyKey } from "@/api/client";
import { isProblem } from "@/api/problem";
import type { Attachment, AttachmentLimits } from "@/api/types";
import { refusalFor, refusalOf, type RefusalCode } from "./rules";
import {
  arrivedState, failedOf, idsOf, isPending, isRefusal, isRefused, NO_FILES, pendingOf, type DraftFiles, type Outcome,
  type Upload, type UploadState,
} from "./uploadState";

interface Waiter {
  refusedBefore: number;
  end: (outcome: Outcome) => void;
}

export interface UploadCalls {
  upload: (file: File, options: UploadOptions) => Promise<Attachment>;
  remove: (id: string) => Promise<void>;
  status: (id: string) => Promise<Attachment>;
}

const AT_ONCE = 3;
const RETRY_AFTER_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * The uploads of every draft, in memory alone, so that they outlive the screen that began them as the words do.
 * **Invariant:** a draft that is sent carries exactly the files that its writer saw accepted: a file that comes to
 * nothing while Send waits for it calls the sending off.
 */
export class Uploads {
  #drafts = new Map<string, DraftFiles>();
  #running = new Map<string, AbortController>();
  #tries = new Map<string, number>();
  /** Uploads that have gone out before, with their key: further tries are the page's own, and have one effect. */
  #begun = new Map<string, string>();
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #waiters = new Map<string, Waiter>();
  #listeners = new Set<() => void>();
  #nextId = 1;

  constructor(
    private readonly calls: UploadCalls,
    private readonly retryAfterMs: readonly number[] = RETRY_AFTER_MS,
  ) {
    globalThis.addEventListener?.("online", () => this.#backOnline());
    // Unsent files live as long as the page, as unsent words do: the browser asks before it goes.
    globalThis.addEventListener?.("beforeunload", (event) => {
      if ([...this.#drafts.values()].some(({ items }) => items.some((item) => !isRefused(item)))) event.preventDefault();
    });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  of(name: string): DraftFiles {
    return this.#drafts.get(name) ?? NO_FILES;
  }

  /** Takes files in: what cannot be sent is refused at once, the rest goes out, some at a time. */
  add(name: string, files: readonly File[], limits: AttachmentLimits | undefined): void {
    const { items } = this.of(name);
    let room = (limits?.maxFilesPerMessage ?? Infinity) - items.filter((item) => !isRefused(item)).length;
    const added = files.map((file): Upload => {
      const code = refusalOf(file, limits) ?? (room > 0 ? null : "too_many_files");
      if (code === null) room -= 1;
      return { id: `upload-${this.#nextId++}`, file, state: code === null ? { kind: "waiting" } : { kind: "refused", code } };
    });
    this.#put(name, { items: [...items, ...added], held: false });
    this.#pump();
  }

  /** Takes a file out of the draft; the server forgets it too. */
  remove(name: string, id: string): void {
    const item = this.of(name).items.find((each) => each.id === id);
    if (!item) return;
    this.#drop(item);
    this.#put(name, { items: this.of(name).items.filter((each) => each.id !== id), held: false });
    this.#pump();
  }

  /** Takes what was refused off the screen. */
  dismiss(name: string, code: RefusalCode): void {
    const left = this.of(name).items.filter(({ state }) => state.kind !== "refused" || state.code !== code);
    this.#put(name, { items: left, held: false });
  }

  retry(name: string, id: string): void {
    const item = this.of(name).items.find((each) => each.id === id);
    if (item) this.#takeBack(item);
    this.#tries.delete(id);
    this.#begun.delete(id);
    this.#put(name, { held: false });
    this.#set(id, { kind: "waiting" });
    this.#pump();
  }

  /** What the server says of a file that is being checked. */
  note(file: Attachment): void {
    for (const { items } of this.#drafts.values())
      for (const { id, state, file: local } of items)
        if (state.kind === "checking" && state.file.id === file.id) this.#set(id, arrivedState(file, local.name));
  }

  /**
   * After a message could not take its files along: finds those that the server has no more, since nobody sent them
   * for a day. Answers whether there are any; they stand in the way until they are sent anew.
   */
  async missAny(name: string): Promise<boolean> {
    const { items } = this.of(name);
    const missing = await Promise.all(items.map((item) => this.#isGone(item)));
    const gone = items.filter((_, at) => missing[at]);
    gone.forEach(({ id }) => this.#set(id, { kind: "failed", code: "gone" }));
    if (gone.length > 0) this.#put(name, { held: true });
    return gone.length > 0;
  }

  /**
   * Resolves when nothing of the draft is on its way any more. Only one may wait: who asks while another waits is
   * told that it was called off, so that one press of Send, or two, make one message.
   */
  whenDone(name: string): Promise<Outcome> {
    if (this.#waiters.has(name)) return Promise.resolve({ kind: "called-off" });
    const refusedBefore = this.of(name).items.filter(isRefused).length;
    const now = this.#outcome(name, refusedBefore);
    if (now) return Promise.resolve(now);
    return new Promise((end) => {
      this.#waiters.set(name, { refusedBefore, end });
      this.#put(name, { awaited: true, held: false });
    });
  }

  /** The writer would rather not send yet. */
  callOff(name: string): void {
    this.#end(name, { kind: "called-off" });
  }

  /** A message took these along: they are no longer the draft's. */
  sent(name: string, ids: readonly string[]): void {
    const left = this.of(name).items.filter(({ state }) => {
      if (state.kind === "refused") return false;
      return !((state.kind === "checking" || state.kind === "ready") && ids.includes(state.file.id));
    });
    this.#put(name, { items: left, held: false });
  }

  /** The draft was given up. */
  discard(name: string): void {
    this.callOff(name);
    this.of(name).items.forEach((item) => this.#drop(item));
    this.#put(name, { items: [], held: false });
  }

  /** Goes on with what was stopped, such as after signing in again. */
  resume(name: string): void {
    for (const { id, state } of this.of(name).items)
      if (state.kind === "lost" && !this.#timers.has(id)) this.#set(id, { kind: "waiting" });
    this.#pump();
  }

  /** Stops whatever is under way; what was chosen waits for its own writer. */
  pause(): void {
    for (const name of [...this.#waiters.keys()]) this.callOff(name);
    for (const { items } of [...this.#drafts.values()])
      for (const item of items)
        if (isPending(item)) {
          this.#stop(item.id);
          this.#set(item.id, { kind: "lost", why: "paused" });
        }
  }

  /** Forgets everything: somebody left for good. */
  clear(): void {
    this.pause();
    this.#drafts.clear();
    this.#tries.clear();
    this.#begun.clear();
    this.#tell();
  }

  #pump(): void {
    for (const { items } of [...this.#drafts.values()])
      for (const { id, file, state } of items) {
        if (this.#running.size >= AT_ONCE) return;
        if (state.kind === "waiting") void this.#run(id, file);
      }
  }

  async #run(id: string, file: File): Promise<void> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    this.#set(id, { kind: "uploading", part: 0 });
    const userAction = !this.#begun.has(id);
    const key = this.#begun.get(id) ?? newIdempotencyKey();
    this.#begun.set(id, key);
    let shown = 0;
    const onProgress = (part: number) => {
      // The end is the server's to say; a hundredth is the smallest step that anybody sees.
      const percent = Math.min(Math.floor(part * 100), 99);
      if (controller.signal.aborted || percent === shown) return;
      shown = percent;
      this.#set(id, { kind: "uploading", part: percent / 100 });
    };
    try {
      const answer = await this.calls.upload(file, { signal: controller.signal, key, userAction, onProgress });
      // Removed while the answer was on its way: nobody wants it any more.
      if (controller.signal.aborted) this.calls.remove(answer.id).catch(() => undefined);
      else this.#set(id, arrivedState(answer, file.name));
    } catch (error) {
      if (!controller.signal.aborted) this.#fail(id, file, error);
    } finally {
      if (this.#running.get(id) === controller) this.#running.delete(id);
      this.#pump();
    }
  }

  #fail(id: string, file: File, error: unknown): void {
    if (!isProblem(error)) return this.#set(id, { kind: "failed", code: "unexpected" });
    if (isRefusal(error)) return this.#set(id, { kind: "refused", code: refusalFor(error.code, file.name) });
    const tries = this.#tries.get(id) ?? 0;
    const cutOff = error.code === "network" || error.code === "request_timeout";
    const busy = error.code === "rate_limited" || [502, 503, 504].includes(error.status);
    const again = cutOff || busy;
    const offline = error.code === "network" && globalThis.navigator?.onLine === false;
    const delay = this.retryAfterMs[tries];
    if (!again || (delay === undefined && !offline)) return this.#set(id, { kind: "failed", code: error.code });
    this.#set(id, { kind: "lost", why: cutOff ? "offline" : "busy" });
    // Without any connection only its return starts the next try.
    if (offline || delay === undefined) return;
    this.#tries.set(id, tries + 1);
    const wait = Math.max(delay, (error.retryAfter ?? 0) * 1000);
    this.#timers.set(id, setTimeout(() => this.#again(id), wait));
  }

  #again(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#set(id, { kind: "waiting" });
    this.#pump();
  }

  #backOnline(): void {
    for (const { items } of [...this.#drafts.values()])
      for (const { id, state } of items)
        // What was paused may belong to somebody who is not here, or be for another patient.
        if (state.kind === "lost" && state.why === "offline") {
          this.#tries.delete(id);
          this.#again(id);
        }
  }

  #stop(id: string): void {
    this.#running.get(id)?.abort();
    this.#running.delete(id);
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  #drop(item: Upload): void {
    this.#stop(item.id);
    this.#tries.delete(item.id);
    this.#begun.delete(item.id);
    this.#takeBack(item);
  }

  /** What cannot be taken back is swept by the server after a day. */
  #takeBack({ state }: Upload): void {
    if ("file" in state && state.file) this.calls.remove(state.file.id).catch(() => undefined);
  }

  async #isGone({ state }: Upload): Promise<boolean> {
    if (state.kind !== "checking" && state.kind !== "ready") return false;
    try {
      await this.calls.status(state.file.id);
      return false;
    } catch (error) {
      return isProblem(error, "not_found");
    }
  }

  #outcome(name: string, refusedBefore: number): Outcome | null {
    const files = this.of(name);
    if (failedOf(files) > 0 || files.items.filter(isRefused).length > refusedBefore) return { kind: "problem" };
    return pendingOf(files) > 0 ? null : { kind: "ready", ids: idsOf(files) };
  }

  #end(name: string, outcome: Outcome): void {
    const waiter = this.#waiters.get(name);
    if (!waiter) return;
    this.#waiters.delete(name);
    this.#put(name, { awaited: false, held: outcome.kind === "problem" });
    waiter.end(outcome);
  }

  #set(id: string, state: UploadState): void {
    for (const [name, { items }] of this.#drafts)
      if (items.some((item) => item.id === id))
        this.#put(name, { items: items.map((item) => (item.id === id ? { ...item, state } : item)) });
  }

  #put(name: string, change: Partial<DraftFiles>): void {
    const next = { ...this.of(name), ...change };
    if (next.items.length === 0 && !next.awaited && !next.held) this.#drafts.delete(name);
    else this.#drafts.set(name, next);
    this.#tell();
    const waiter = this.#waiters.get(name);
    const outcome = waiter && this.#outcome(name, waiter.refusedBefore);
    if (outcome) this.#end(name, outcome);
  }

  #tell(): void {
    this.#listeners.forEach((listener) => listener());
  }
}
