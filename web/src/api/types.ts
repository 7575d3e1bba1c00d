/** The shapes of the API, under the names of the OpenAPI components. */

export type Status = "open" | "in-progress" | "waiting-patient" | "waiting-provider" | "closed";
export type Priority = "low" | "normal" | "high" | "urgent";
export type Category = "general" | "prescription" | "appointment" | "billing" | "medical" | "other";
export type Role =
  | "admin" | "provider" | "nurse" | "medical_assistant" | "front_desk" | "billing" | "auditor";
export type SenderType = "patient" | "staff" | "system";
export type Relationship = "self" | "guardian" | "caregiver";
export type Integrity = "ok" | "failed";

/** What `/me` may list in `mayDo`. */
export type Operation =
  | "list_threads" | "start_thread" | "reply" | "note" | "assign" | "set_status" | "send_for_review"
  | "approve" | "set_priority" | "edit_thread" | "close" | "reopen" | "use_canned" | "manage_canned"
  | "search_patients" | "list_staff" | "read_auto_replies" | "manage_auto_replies";

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  requestId: string;
  errors?: { pointer: string; code: string }[];
  missed?: (StaffMessage | PortalMessage)[];
}

export interface Pagination { limit: number; nextCursor: string | null; hasMore: boolean }
export interface Count { count: number; capped: boolean }
export interface Tenant { id: string; slug: string; name: string }
export interface Session { idleMinutes: number; expiresAt: string }
export interface Refreshed { accessToken: string; expiresIn: number; refreshToken?: string }

export interface SignIn { email: string; password: string; tokenDelivery?: "cookie" | "body" }
export interface StaffUser { id: string; fullName: string; title: string | null; email: string; role: Role }
export interface StaffSignIn extends Refreshed { user: StaffUser; tenant: Tenant }
export interface StaffMe {
  user: StaffUser;
  tenant: Tenant;
  mayDo: Operation[];
  categories: Category[];
  session: Session;
}

export interface PortalAccount { id: string; fullName: string; email: string; language: string }
export interface PortalPatient { id: string; fullName: string; relationship: Relationship }
export interface PortalSignIn extends Refreshed {
  account: PortalAccount;
  patients: PortalPatient[];
  actingFor: string | null;
  tenant: Tenant;
}
export interface PortalMe {
  account: PortalAccount;
  patients: PortalPatient[];
  actingFor: string | null;
  tenant: Tenant;
  session: Session;
}
export interface ActingFor { accessToken: string; expiresIn: number; actingFor: string }

export interface AnswerTime { category: Category; text: string }
export interface Practice {
  slug: string;
  name: string;
  phone: string;
  emergencyText: string;
  hours: string;
  answerTimes: AnswerTime[];
  reopenWindowDays: number;
  afterHoursText: string;
}
export interface PracticeSummary { slug: string; name: string }
export interface PracticeList { practices: PracticeSummary[] }

export interface Attachment {
  id: string;
  filename: string;
  fileSize: number;
  mimeType: string;
  state: string;
}

export interface StaffThread {
  id: string;
  patientId: string;
  subject: string;
  category: Category;
  priority: Priority;
  status: Status;
  assignedTo: string | null;
  assignedToName: string | null;
  assignedTeam: string | null;
  assignedTeamName: string | null;
  createdByPatient: boolean;
  lastMessageAt: string;
  lastMessageBy: SenderType;
  lastMessagePreview: string;
  messageCount: number;
  isReadByStaff: boolean;
  unreadCount: number;
  createdAt: string;
  updatedAt: string;
  patientName: string;
  patientMrn: string;
  version: number;
  archivedAt: string | null;
  closedAt: string | null;
  closeReason: string | null;
  linkedThreadId: string | null;
  isConfidential: boolean;
  integrity: Integrity;
}
export interface PatientProxy { fullName: string; relationship: Relationship; expiresAt: string | null }
export interface PatientPanel {
  id: string;
  fullName: string;
  mrn: string;
  birthDate: string | null;
  phone: string | null;
  email: string | null;
  language: string;
  proxies: PatientProxy[];
  portalAccount: boolean;
}
export interface EarlierThread { id: string; subject: string; status: Status; lastMessageAt: string }
export interface PatientSeen { name: string; at: string; messageId: string }
export interface StaffThreadDetail extends StaffThread {
  patient: PatientPanel;
  earlierThreads: EarlierThread[];
  ownLastReadMessageId: string | null;
  patientSeen: PatientSeen[];
}
export interface SentByProxy { fullName: string; relationship: Relationship }
export interface StaffMessage {
  id: string;
  senderType: SenderType;
  senderId: string | null;
  senderName: string;
  senderTitle: string | null;
  messageText: string | null;
  sentAt: string;
  isInternalNote: boolean;
  hasAttachments: boolean;
  attachments: Attachment[];
  integrity: Integrity;
  revisedAt: string | null;
  sentByProxy: SentByProxy | null;
  mentions: string[];
}
export interface StaffThreadList { threads: StaffThread[]; pagination: Pagination }
export interface StaffThreadPage {
  thread: StaffThreadDetail;
  messages: StaffMessage[];
  pagination: Pagination;
}
export interface StaffThreadAnswer { thread: StaffThreadDetail }
export interface NewStaffThread {
  patientId: string;
  subject: string;
  category: Category;
  priority?: Priority;
  messageText: string;
  attachmentIds?: string[];
}
export interface ThreadCreated { threadId: string; messageId: string }
export interface ThreadChange {
  assignedTo?: string | null;
  assignedTeam?: string | null;
  status?: Status;
  priority?: Priority;
  category?: Category;
  subject?: string;
  isConfidential?: boolean;
}
export interface NewStaffMessage {
  messageText: string;
  isInternalNote?: boolean;
  attachmentIds?: string[];
  lastSeenMessageId?: string;
  mentions?: string[];
}
export interface MessageSent { messageId: string; threadId?: string }
export interface InboxCounts {
  open: Count;
  mine: Count;
  myTeams: Count;
  unassigned: Count;
  urgent: Count;
  needsReply: Count;
  waitingProvider: Count;
  waitingPatient: Count;
  unread: Count;
}

export interface CannedResponse {
  id: string;
  title: string;
  category: Category;
  responseText: string;
  isActive: boolean;
  updatedAt: string;
  version: number;
}
export interface CannedResponseList { cannedResponses: CannedResponse[] }
export interface CannedResponseInput { title: string; category: Category; responseText: string }
export interface StaffMember {
  id: string;
  fullName: string;
  title: string | null;
  role: Role;
  categories: Category[];
}
export interface StaffList { staff: StaffMember[] }
export interface Team {
  id: string;
  name: string;
  categories: Category[];
  members: { id: string; fullName: string }[];
}
export interface TeamList { teams: Team[] }
export interface PatientMatch { id: string; fullName: string; mrn: string; birthDate: string | null }
export interface PatientList { patients: PatientMatch[] }
export interface AutoReply {
  category: Category;
  messageText: string;
  isActive: boolean;
  updatedAt: string | null;
}
export interface AutoReplyList { autoReplies: AutoReply[] }

export interface PortalThread {
  id: string;
  patientId: string;
  subject: string;
  category: Category;
  status: Status;
  createdByPatient: boolean;
  lastMessageAt: string;
  lastMessageBy: SenderType;
  lastMessagePreview: string;
  messageCount: number;
  unreadCount: number;
  createdAt: string;
  updatedAt: string;
  patientName: string;
  seenByCareTeamAt: string | null;
  closedAt: string | null;
  reopensUntil: string | null;
  linkedThreadId: string | null;
  isConfidential: boolean;
  integrity: Integrity;
}
export interface PortalMessage {
  id: string;
  senderType: SenderType;
  senderName: string;
  senderTitle: string | null;
  messageText: string | null;
  sentAt: string;
  hasAttachments: boolean;
  attachments: Attachment[];
  integrity: Integrity;
  revisedAt: string | null;
  sentByProxy: SentByProxy | null;
  isOwn: boolean;
}
export interface PortalThreadList { threads: PortalThread[]; pagination: Pagination }
export interface PortalThreadPage {
  thread: PortalThread;
  messages: PortalMessage[];
  pagination: Pagination;
  ownLastReadMessageId: string | null;
}
export interface NewPortalThread {
  subject: string;
  category: Category;
  messageText: string;
  attachmentIds?: string[];
  isConfidential?: boolean;
}
export interface NewPortalMessage {
  messageText: string;
  attachmentIds?: string[];
  lastSeenMessageId?: string;
}
