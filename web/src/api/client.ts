import { networkProblem, ProblemError, problemFrom } from "./problem";
import type { Refreshed } from "./types";

/** One query value; `undefined`, `null` and "" leave the parameter out. */
export type QueryValue = string | number | boolean | null | undefined;

export interface RequestOptions {
  query?: Record<string, QueryValue>;
  body?: unknown;
  headers?: Record<string, string>;
  /** The same key for the same act, also when a person presses "Send again". */
  idempotencyKey?: string;
  /** Twice comes to the same as once: a lost answer is asked for again, as that of a read is, without a key. */
  isIdempotent?: boolean;
  /** The version a change is based on; somebody else's change in between answers 412. */
  ifMatch?: number;
  /** True when a person's own act caused the call: only such calls keep the session from idling out. */
  userAction?: boolean;
  signal?: AbortSignal;
  /** The call outlives the page that makes it: a farewell. */
  keepalive?: boolean;
}

export interface ApiClientOptions {
  /** `/api/auth` or `/api/patient-portal/auth`. */
  authPath: string;
  /** Called once when the session cannot go on, with the code that said so. */
  onSessionEnd: (code: string) => void;
  /** Asks the person to show again that it is they; false when they would not. Then the call is repeated. */
  onStepUp?: () => Promise<boolean>;
  /** Waits between attempts of a call that may be repeated; tests pass zeros. */
  retryDelays?: readonly number[];
}

/** Refusals of what was asked, not of the token: a fresh token would change nothing, and a wrong code counts. */
const ANSWERS: ReadonlySet<string> = new Set(["invalid_code", "invalid_credentials", "step_up_required", "mfa_required"]);

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A fresh key for one create or send. */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

function urlOf(path: string, query: RequestOptions["query"]): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined && value !== null && value !== "") parameters.set(name, String(value));
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * The only caller of `fetch` but for files (`attachments.ts`). The access token lives in this object and nowhere else; the refresh token
 * is a cookie that no script can read.
 */
export class ApiClient {
  #accessToken: string | null = null;
  #refreshing: Promise<void> | null = null;

  constructor(private readonly options: ApiClientOptions) {}

  get signedIn(): boolean {
    return this.#accessToken !== null;
  }

  setAccessToken(token: string | null): void {
    this.#accessToken = token;
  }

  get = <T>(path: string, options?: RequestOptions) => this.request<T>("GET", path, options);
  post = <T>(path: string, options?: RequestOptions) => this.request<T>("POST", path, options);
  put = <T>(path: string, options?: RequestOptions) => this.request<T>("PUT", path, options);
  delete = <T>(path: string, options?: RequestOptions) => this.request<T>("DELETE", path, options);

  /** Calls with the session's token; a token that ran out is refreshed once, silently. */
  request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    return this.authorized(() => this.#repeatable<T>(method, path, options));
  }

  /** The same for a call of another kind, such as an upload: `call` is given the token to use. */
  async authorized<T>(call: (token: string | null) => Promise<T>): Promise<T> {
    const used = this.#accessToken;
    try {
      return await call(used);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 401) throw error;
      if (ANSWERS.has(error.code)) return this.#answered(error, call);
      // Another call may have refreshed while this one was on its way.
      if (this.#accessToken === used) await this.refresh();
      return this.#afresh(call);
    }
  }

  /** The same call with a fresh token, which may be asked for more besides. */
  async #afresh<T>(call: (token: string | null) => Promise<T>): Promise<T> {
    try {
      return await call(this.#accessToken);
    } catch (error) {
      if (!(error instanceof ProblemError) || !ANSWERS.has(error.code)) throw error;
      return this.#answered(error, call);
    }
  }

  /** The token is good; more is asked of the person: a second factor, or to show again that it is they. */
  async #answered<T>(error: ProblemError, call: (token: string | null) => Promise<T>): Promise<T> {
    if (error.code === "mfa_required" && this.#accessToken !== null) {
      this.#accessToken = null;
      this.options.onSessionEnd(error.code);
    }
    if (error.code !== "step_up_required" || !(await this.options.onStepUp?.())) throw error;
    return call(this.#accessToken);
  }

  /** Opens an answer that goes on, such as the event stream; no person's act. */
  stream(path: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
    return this.authorized(async (token) => {
      const response = await this.#send("GET", path, { headers, signal }, token);
      if (!response.ok) throw await problemFrom(response);
      return response;
    });
  }

  /** Calls without a session: sign-in and public pages. A 401 is an answer like any other. */
  async requestPublic<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    return this.#once<T>(method, path, options, null);
  }

  /**
   * Exchanges the refresh cookie for a new access token. All callers share one exchange, and tabs take
   * turns: the cookie rotates, and presenting a used one ends the session everywhere.
   */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#underLock(() => this.#exchange()).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #underLock(task: () => Promise<void>): Promise<void> {
    if (!("locks" in navigator) || !navigator.locks) return task();
    await navigator.locks.request(`threadwell${this.options.authPath}`, task);
  }

  async #exchange(): Promise<void> {
    try {
      const path = `${this.options.authPath}/refresh`;
      const refreshed = await this.#once<Refreshed>("POST", path, {}, null);
      this.#accessToken = refreshed.accessToken;
    } catch (error) {
      // Only a refusal ends the session; a lost connection does not.
      if (error instanceof ProblemError && [400, 401, 403].includes(error.status)) {
        this.#accessToken = null;
        this.options.onSessionEnd(error.code);
      }
      throw error;
    }
  }

  async #repeatable<T>(method: string, path: string, options: RequestOptions): Promise<T> {
    const mayRepeat = method === "GET" || options.isIdempotent || options.idempotencyKey !== undefined;
    const delays = mayRepeat ? (this.options.retryDelays ?? [400, 1500]) : [];
    for (const delay of delays) {
      try {
        return await this.#once<T>(method, path, options, this.#accessToken);
      } catch (error) {
        const again =
          error instanceof ProblemError && ["network", "idempotency_in_progress"].includes(error.code);
        if (!again || options.signal?.aborted) throw error;
        await wait(delay);
      }
    }
    return this.#once<T>(method, path, options, this.#accessToken);
  }

  async #once<T>(method: string, path: string, options: RequestOptions, token: string | null): Promise<T> {
    const response = await this.#send(method, path, options, token);
    if (!response.ok) throw await problemFrom(response);
    // "Accepted" and "no content" say it all by their status.
    const text = await response.text();
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }

  async #send(method: string, path: string, options: RequestOptions, token: string | null) {
    const headers = new Headers(options.headers);
    if (!headers.has("accept")) headers.set("accept", "application/json");
    if (options.body !== undefined) headers.set("content-type", "application/json");
    if (token) headers.set("authorization", `Bearer ${token}`);
    if (options.idempotencyKey) headers.set("idempotency-key", options.idempotencyKey);
    if (options.ifMatch !== undefined) headers.set("if-match", `"${options.ifMatch}"`);
    if (options.userAction) headers.set("x-threadwell-activity", "user");
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    try {
      return await fetch(urlOf(path, options.query), {
        method, headers, body, signal: options.signal, keepalive: options.keepalive, credentials: "same-origin", cache: "no-store",
      });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw networkProblem();
    }
  }
}
