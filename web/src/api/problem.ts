import type { Problem } from "./types";

/** A failed call, whatever failed: the one error type that components and hooks ever see. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(
    /** The stable machine code: the server's own, or `network` when no answer came. */
    readonly code: string,
    /** The HTTP status; 0 when no answer came. */
    readonly status: number,
    /** The server's problem document, when it sent one. */
    readonly problem?: Problem,
    /** Seconds to wait, from `Retry-After`. */
    readonly retryAfter?: number,
  ) {
    // The message carries the code alone: details may quote what somebody wrote.
    super(code);
  }

  /** What a person may quote to an administrator. */
  get requestId(): string | undefined {
    return this.problem?.requestId;
  }

  /** The code of the first error at this JSON pointer, such as `/subject`. */
  fieldCode(pointer: string): string | undefined {
    return this.problem?.errors?.find((error) => error.pointer === pointer)?.code;
  }
}

/** Whether `error` is a problem, of one of these codes where any are given. */
export function isProblem(error: unknown, ...codes: string[]): error is ProblemError {
  return error instanceof ProblemError && (codes.length === 0 || codes.includes(error.code));
}

function retryAfterSeconds(response: Response): number | undefined {
  const value = response.headers.get("retry-after");
  if (value === null) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

/** Reads a failed response; an answer that is no problem document becomes `unexpected`. */
export async function problemFrom(response: Response): Promise<ProblemError> {
  const wait = retryAfterSeconds(response);
  try {
    const problem = (await response.json()) as Problem;
    const code = typeof problem.code === "string" ? problem.code : "unexpected";
    return new ProblemError(code, response.status, problem, wait);
  } catch {
    return new ProblemError("unexpected", response.status, undefined, wait);
  }
}

/** No answer came: offline, refused, or cut off. */
export function networkProblem(): ProblemError {
  return new ProblemError("network", 0);
}
