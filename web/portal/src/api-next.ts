import type { Pagination, PortalMessage, PortalThread, PortalThreadPage } from "@/api/types";

/** A piece of a text in which something was found. */
export interface FoundPiece {
  text: string;
  isHit: boolean;
}

/** A message that a search found. */
export interface FoundMessage {
  thread: PortalThread;
  message: Pick<PortalMessage, "id" | "senderType" | "senderName" | "sentAt" | "isOwn" | "hasAttachments">;
  snippet: FoundPiece[];
  subject: FoundPiece[];
}

/** What of a search the server left out. */
export interface IgnoredTerm {
  text: string;
  reason: "unknown_value" | "unknown_name" | "too_many";
}

/** One page of what a search found, newest first. */
export interface FoundPage {
  results: FoundMessage[];
  pagination: Pagination;
  understood: { ignored: IgnoredTerm[] };
}

/** A page of a conversation that may have later ones after it. */
export type TalkPage = Omit<PortalThreadPage, "pagination"> & {
  pagination: Pagination & { newerCursor?: string | null; hasNewer?: boolean };
};
