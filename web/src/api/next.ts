import type { Category, Count, NewStaffMessage, Operation, Pagination, Priority, SenderType, StaffThread, StaffThreadDetail, Status } from "./types";

/** Shapes of the API that stand beside the generated ones: searching and working together. */

/** What `/me` may list besides the generated names. */
export type NextOperation = Operation | "archive" | "manage_teams" | "configure_search";

/** A stretch of text, found or not. */
export interface TextPart {
  text: string;
  isHit: boolean;
}

export interface SearchHitMessage {
  id: string;
  senderType: SenderType;
  senderName: string;
  sentAt: string;
  isInternalNote: boolean;
  hasAttachments: boolean;
}

/** One message that was found. */
export interface SearchHit {
  thread: StaffThread;
  message: SearchHitMessage;
  snippet: TextPart[];
  subject: TextPart[];
}

export interface UnderstoodFilter {
  name: string;
  value: string;
  label: string;
}

export interface IgnoredPart {
  text: string;
  reason: "unknown_value" | "unknown_name" | "too_many";
}

/** How the server read a query. */
export interface Understood {
  terms: { text: string; isPhrase: boolean }[];
  filters: UnderstoodFilter[];
  ignored: IgnoredPart[];
}

export interface SearchAnswer {
  results: SearchHit[];
  conversations: StaffThread[];
  pagination: Pagination;
  understood: Understood;
  /** False where the practice searches no message texts. */
  bodySearch: boolean;
}

export interface Suggestion {
  kind: "operator" | "value" | "person" | "patient" | "word" | "recent";
  /** The whole query once this is taken. */
  query: string;
  label: string;
  detail?: string | null;
}

export interface SuggestionList {
  suggestions: Suggestion[];
}

export interface RecentSearch {
  id: string;
  query: string;
  at: string;
}

export interface RecentSearchList {
  recent: RecentSearch[];
}

/** Whether a practice searches message texts, and how far its index is. */
export interface PracticeSearch {
  bodySearch: boolean;
  index: { state: "off" | "building" | "ready"; indexed: number; total?: number | null };
}

/** What a saved view lists. */
export interface ViewFilter {
  categories?: Category[];
  statuses?: Status[];
  priorities?: Priority[];
  /** A colleague's id, `me` or `none`. */
  assignedTo?: string;
  /** A team's id or `mine`. */
  assignedTeam?: string;
  unreadOnly?: boolean;
  readOnly?: boolean;
  openOnly?: boolean;
  archived?: boolean;
  search?: string;
}

export interface NewView {
  name: string;
  isShared: boolean;
  filter: ViewFilter;
}

export interface SavedView extends NewView {
  id: string;
  isOwn: boolean;
  ownerName: string;
}

export interface SavedViewList {
  views: SavedView[];
}

export interface StaffNotification {
  id: string;
  kind: "mention" | "assignment";
  threadId: string;
  messageId?: string | null;
  subject: string;
  patientName: string;
  byName: string;
  at: string;
  readAt: string | null;
}

export interface NotificationPage {
  notifications: StaffNotification[];
  pagination: Pagination;
  unread: Count;
}

/** A conversation that somebody tied to this one. */
export interface ThreadLink {
  threadId: string;
  subject: string;
  patientName: string;
  status: Status;
  category: Category;
  lastMessageAt: string;
  linkedByName: string;
  linkedAt: string;
}

/** A conversation's detail with its links. */
export type LinkedDetail = StaffThreadDetail & { links?: ThreadLink[] };

export type BulkAct =
  | { type: "assign"; assignedTo: string | null }
  | { type: "assign"; assignedTeam: string }
  | { type: "close"; reason?: string }
  | { type: "priority"; priority: Priority }
  | { type: "reopen" | "archive" | "unarchive" | "mark-read" | "mark-unread" };

export interface BulkResult {
  threadId: string;
  outcome: "done" | "unchanged" | "refused";
  code?: string | null;
}

export interface BulkAnswer {
  results: BulkResult[];
  done: number;
  unchanged: number;
  refused: number;
  undoToken?: string | null;
}

/** What a sent reply does besides, in the same step. */
export type SendThen = "close" | "wait-for-provider";

/** The tiles' numbers. */
export interface Statistics {
  conversations: Count;
  unreadMessages: Count;
  uniquePatients: Count;
  messages: Count;
}

export interface NewTeam {
  name: string;
  categories: Category[];
  memberIds: string[];
}

/** A message of staff with what else sending it does. */
export type StaffSend = NewStaffMessage & { then?: SendThen };
