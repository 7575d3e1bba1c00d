import type { ProblemError } from "@/api/problem";
import type { Attachment } from "@/api/types";
import { refusalFor, type RefusalCode } from "./rules";

export type UploadState =
  /** Others go first. */
  | { kind: "waiting" }
  /** `part`: how much has left, from 0 to 1. */
  | { kind: "uploading"; part: number }
  /** It goes on by itself: with the connection, when the server has room, or when its writer is back. */
  | { kind: "lost"; why: "offline" | "busy" | "paused" }
  /** The server has it and looks into it. It can be sent. */
  | { kind: "checking"; file: Attachment }
  | { kind: "ready"; file: Attachment }
  | { kind: "refused"; code: RefusalCode }
  /** Trying again may help. `file`: what the server has of it. */
  | { kind: "failed"; code: string; file?: Attachment };

export interface Upload {
  id: string;
  file: File;
  state: UploadState;
}

/** The files of one draft. A new object at every change. */
export interface DraftFiles {
  items: readonly Upload[];
  /** The writer has pressed Send, and it goes when the uploads are done. */
  awaited: boolean;
  /** It was to go when the uploads were done, and one of them came to nothing: nothing was sent. */
  held: boolean;
}

/** How waiting for the uploads of a draft ended. */
export type Outcome = { kind: "ready"; ids: string[] } | { kind: "problem" } | { kind: "called-off" };

/** A draft without files. */
export const NO_FILES: DraftFiles = { items: [], awaited: false, held: false };

/** Still on its way. */
export const isPending = ({ state }: Upload) => ["waiting", "uploading", "lost"].includes(state.kind);
export const isRefused = ({ state }: Upload) => state.kind === "refused";

/** How many are still on their way. */
export function pendingOf(files: DraftFiles): number {
  return files.items.filter(isPending).length;
}

/** How many did not arrive and stand in the way of sending. */
export function failedOf(files: DraftFiles): number {
  return files.items.filter(({ state }) => state.kind === "failed").length;
}

/** The ids that a message of this draft carries. */
export function idsOf(files: DraftFiles): string[] {
  return files.items.flatMap(({ state }) => (state.kind === "checking" || state.kind === "ready" ? [state.file.id] : []));
}

/** What an answer of the server means for an upload. */
export function arrivedState(file: Attachment, filename: string): UploadState {
  switch (file.state) {
    case "scanning":
    case "processing":
      return { kind: "checking", file };
    case "available":
      return { kind: "ready", file };
    case "rejected":
      return { kind: "refused", code: refusalFor(file.refusal ?? "other", filename) };
    case "failed":
      return { kind: "failed", code: "not_checked", file };
  }
}

/** Refusals of the file itself; all others may pass. */
export function isRefusal(error: ProblemError): boolean {
  return [413, 415, 422].includes(error.status);
}
