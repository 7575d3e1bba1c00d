import type { ApiClient } from "./client";
import { networkProblem, problemFrom } from "./problem";
import type { Attachment, AttachmentLimits, ThreadAttachments } from "./types";

/** Which bytes of a picture. */
export type Rendition = "thumbnail" | "full";

export interface UploadOptions {
  signal: AbortSignal;
  /** Names the upload: when an answer is lost, the next try gets it and makes no second file. */
  key: string;
  /** True when a person has just chosen the file: tries of the page's own keep no session alive. */
  userAction: boolean;
  /** How much of the file has left, from 0 to 1. */
  onProgress: (part: number) => void;
}

/** So long an upload may stand still before it counts as cut off: many networks go without a word. */
const STALLED_MS = 30_000;
/** So long the server may look into what has arrived. */
const ANSWERED_WITHIN_MS = 120_000;

/** The calls about files of one app. Bytes go with the session's token, so no address of a file is ever public. */
export class AttachmentCalls {
  constructor(
    private readonly client: ApiClient,
    /** `/api/patient-messages` or `/api/patient-portal/messages`. */
    private readonly base: string,
  ) {}

  limits = (signal?: AbortSignal) => this.client.get<AttachmentLimits>(`${this.base}/attachment-limits`, { signal });

  status = (id: string, signal?: AbortSignal) => this.client.get<Attachment>(`${this.#path(id)}/status`, { signal });

  /** Takes back an upload that no message carries yet. */
  remove = (id: string) => this.client.delete<void>(this.#path(id), { userAction: true });

  ofThread = async (threadId: string, signal?: AbortSignal) =>
    (await this.client.get<ThreadAttachments>(`${this.base}/threads/${encodeURIComponent(threadId)}/attachments`, { signal }))
      .attachments;

  /** Sends one file. `fetch` cannot tell how much has left, so this is the one place that does without it. */
  upload = (file: File, options: UploadOptions): Promise<Attachment> =>
    this.client.authorized((token) => sendFile(`${this.base}/attachments`, file, token, options));

  /** The bytes of a file that is available. */
  bytes = (id: string, rendition: Rendition, signal?: AbortSignal): Promise<Blob> => {
    const path = rendition === "thumbnail" ? `${this.#path(id)}/thumbnail` : this.#path(id);
    // Thumbnails come by themselves when a message arrives; only who opens a file is at work.
    return this.client.authorized((token) => fetchBytes(path, token, rendition === "full", signal));
  };

  #path(id: string): string {
    return `${this.base}/attachments/${encodeURIComponent(id)}`;
  }
}

async function fetchBytes(path: string, token: string | null, userAction: boolean, signal?: AbortSignal): Promise<Blob> {
  const headers = new Headers({ accept: "*/*" });
  if (userAction) headers.set("x-threadwell-activity", "user");
  if (token) headers.set("authorization", `Bearer ${token}`);
  try {
    const response = await fetch(path, { headers, signal, credentials: "same-origin", cache: "no-store" });
    if (!response.ok) throw await problemFrom(response);
    return await response.blob();
  } catch (error) {
    // What is cut off on the way fails like what never came.
    if (error instanceof TypeError) throw networkProblem();
    throw error;
  }
}

function sendFile(path: string, file: File, token: string | null, options: UploadOptions): Promise<Attachment> {
  const { signal, key, userAction, onProgress } = options;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(aborted());
    const request = new XMLHttpRequest();
    const abort = () => {
      request.abort();
      reject(aborted());
    };
    let silence: ReturnType<typeof setTimeout>;
    const within = (ms: number) => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        request.abort();
        reject(networkProblem());
      }, ms);
    };
    signal.addEventListener("abort", abort, { once: true });
    request.open("POST", path);
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("idempotency-key", key);
    if (userAction) request.setRequestHeader("x-threadwell-activity", "user");
    if (token) request.setRequestHeader("authorization", `Bearer ${token}`);
    request.upload.onprogress = (event) => {
      within(STALLED_MS);
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.upload.onload = () => within(ANSWERED_WITHIN_MS);
    request.onloadend = () => {
      clearTimeout(silence);
      signal.removeEventListener("abort", abort);
    };
    request.onerror = () => reject(networkProblem());
    request.onload = () => {
      const answer = responseOf(request);
      if (!answer.ok) void problemFrom(answer).then(reject);
      else answer.json().then((attachment: Attachment) => resolve(attachment), () => reject(networkProblem()));
    };
    const form = new FormData();
    form.append("file", file, file.name);
    within(STALLED_MS);
    request.send(form);
  });
}

const aborted = () => new DOMException("aborted", "AbortError");

/** The same kind of answer as every other call gets, so that problems are read in one place. */
function responseOf(request: XMLHttpRequest): Response {
  if (request.status < 200) return new Response(null, { status: 502 });
  const wait = request.getResponseHeader("retry-after");
  return new Response(request.responseText, { status: request.status, headers: wait === null ? {} : { "retry-after": wait } });
}
