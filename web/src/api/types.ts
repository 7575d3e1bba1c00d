import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import type { components } from "./schema";

/** The shapes of the API, under the names of the OpenAPI components. */

type Schemas = components["schemas"];

export type Status = Schemas["Status"];
export type Priority = Schemas["Priority"];
export type Category = Schemas["Category"];
export type Role = Schemas["Role"];
export type SenderType = Schemas["SenderType"];
export type Relationship = Schemas["Relationship"];
export type Integrity = Schemas["Integrity"];

/** What `/me` may list in `mayDo`. */
export type Operation = Schemas["Operation"];

export type Problem = Schemas["Problem"];

export type StaffDraft = Schemas["StaffDraft"];
export type StaffDrafts = Schemas["StaffDrafts"];
export type OwnDraft = Schemas["OwnDraft"];
export type OwnThreadDraft = Schemas["OwnThreadDraft"];

export type Pagination = Schemas["Pagination"];
/** Pages that go on in both directions, as those of a conversation do. */
export type MessagePagination = Schemas["MessagePagination"];
export type Count = Schemas["Count"];
export type Tenant = Schemas["Tenant"];
export type Session = Schemas["Session"];
export type Refreshed = Schemas["Refreshed"];

export type StaffLogin = Schemas["StaffLogin"];
export type StaffUser = Schemas["StaffUser"];
export type StaffSignIn = Schemas["StaffSignIn"];
export type StaffMe = Schemas["StaffMe"];

export type PortalAccount = Schemas["PortalAccount"];
export type PortalPatient = Schemas["PortalPatient"];
export type PortalSignIn = Schemas["PortalSignIn"];
export type PortalMe = Schemas["PortalMe"];
export type ActingFor = Schemas["ActingFor"];

export type SecondFactorDue = Schemas["SecondFactorDue"];
export type ProofMethod = Schemas["ProofMethod"];
export type StaffSignInAnswer = Schemas["StaffSignInAnswer"];
export type StaffEnrolled = Schemas["StaffEnrolled"];
export type PortalSignInAnswer = Schemas["PortalSignInAnswer"];
export type Factor = Schemas["Factor"];
export type Factors = Schemas["Factors"];
export type NewTotp = Schemas["NewTotp"];
/** Null where there was a factor before. */
export type FirstRecoveryCodes = Schemas["FirstRecoveryCodes"];
export type RecoveryCodes = Schemas["RecoveryCodes"];
export type StepUpMethod = Schemas["StepUpMethod"];
export type StepUpWays = Schemas["StepUpWays"];
export type OwnSession = Schemas["OwnSession"];
export type OwnSessions = Schemas["OwnSessions"];
export type Preferences = Schemas["Preferences"];
/** What `navigator.credentials` is asked with, whose inside the description leaves to WebAuthn. */
export type PasskeyRequest = Omit<Schemas["PasskeyOptions"], "publicKey"> & { publicKey: PublicKeyCredentialRequestOptionsJSON };
export type PasskeyCreation = Omit<Schemas["PasskeyOptions"], "publicKey"> & { publicKey: PublicKeyCredentialCreationOptionsJSON };
export type FactorPasskeyCreation = PasskeyCreation & Pick<Schemas["NewPasskeyOptions"], "challengeId">;

export type LinkedPractice = Schemas["LinkedPractice"];
export type CheckedReset = Schemas["CheckedReset"];
export type CheckedStaffInvitation = Schemas["CheckedStaffInvitation"];
export type CheckedInvitation = Schemas["CheckedInvitation"];
export type InvitationAcceptance = Schemas["InvitationAcceptance"];
export type ActivationBegun = Schemas["ActivationBegun"];
export type EmergencyUntil = Schemas["EmergencyUntil"];

/** Who acts for whom, as the portal shows it. */
export type PortalGrants = Schemas["PortalGrants"];
export type GrantOfMine = Schemas["GrantOfMine"];
export type GivenToProxy = Schemas["GivenToProxy"];
export type PendingProxy = Schemas["PendingProxy"];
export type NewCaregiver = Schemas["NewCaregiver"];
export type CaregiverInvited = Schemas["CaregiverInvited"];
export type GrantScope = Schemas["Scope"];

/** What runs a practice. */
export type StaffAccount = Schemas["StaffAccount"];
export type StaffAccounts = Schemas["StaffAccounts"];
export type NewStaffAccount = Schemas["NewStaffAccount"];
export type StaffAccountChange = Schemas["StaffAccountChange"];
export type UserState = Schemas["UserState"];
export type RoleScope = Schemas["RoleScope"];
export type RoleScopes = Schemas["RoleScopes"];
export type Patient = Schemas["Patient"];
export type PatientPage = Schemas["PatientPage"];
export type PatientDetail = Schemas["PatientDetail"];
export type PortalAccess = Schemas["PortalAccess"];
export type AccountOfPatient = Schemas["AccountOfPatient"];
export type InvitationOfPatient = Schemas["InvitationOfPatient"];
export type NewRecord = Schemas["NewRecord"];
export type RecordChange = Schemas["RecordChange"];
export type NewInvitation = Schemas["NewInvitation"];
export type GrantTerms = Schemas["GrantTerms"];
export type InvitationOutcome = Schemas["InvitationOutcome"];
export type BulkRow = Schemas["BulkRow"];
export type BulkInvited = Schemas["BulkInvited"];

export type Accent = Schemas["Accent"];
export type PracticeHours = Schemas["PracticeHours"];
export type PracticeHoliday = Schemas["PracticeHoliday"];
export type PracticeSettingsAnswer = Schemas["PracticeSettingsAnswer"];
export type EmergencyAccess = Schemas["EmergencyAccess"];
export type EmergencyAccesses = Schemas["EmergencyAccesses"];
export type CannedResponseVersion = Schemas["CannedResponseVersion"];
export type CannedResponseVersions = Schemas["CannedResponseVersions"];

export type AnswerTime = Schemas["AnswerTime"];
export type Practice = Schemas["Practice"];
export type PracticeSummary = Schemas["PracticeSummary"];
export type PracticeList = Schemas["PracticeList"];

export type Attachment = Schemas["Attachment"];
/** A file of a conversation, with the message that brought it. */
export type ThreadAttachment = Schemas["ThreadAttachment"];
export type ThreadAttachments = Schemas["ThreadAttachments"];
export type FileRefusal = Schemas["FileRefusal"];
/** What may be attached: the server says, so that no page drifts from it. */
export type AttachmentLimits = Schemas["AttachmentLimits"];

export type StaffThread = Schemas["StaffThread"];
export type PatientProxy = Schemas["PatientProxy"];
export type PatientPanel = Schemas["PatientPanel"];
export type EarlierThread = Schemas["EarlierThread"];
export type PatientSeen = Schemas["PatientSeen"];
/** How far a colleague has read. */
export type StaffSeen = Schemas["StaffSeen"];
/** A conversation that somebody tied to this one. */
export type LinkedThread = Schemas["LinkedThread"];
export type StaffThreadDetail = Schemas["StaffThreadDetail"];
export type SentByProxy = Schemas["SentByProxy"];
export type StaffMessage = Schemas["StaffMessage"];
export type StaffThreadList = Schemas["StaffThreadList"];
export type StaffThreadPage = Schemas["StaffThreadPage"];
export type StaffThreadAnswer = Schemas["StaffThreadAnswer"];
export type NewStaffThread = Schemas["NewStaffThread"];
export type ThreadCreated = Schemas["ThreadCreated"];
export type ThreadChange = Schemas["ThreadChange"];
export type NewStaffMessage = Schemas["NewStaffMessage"];
/** What a sent reply does besides, in the same step. */
export type Afterwards = Schemas["Afterwards"];
export type MessageSent = Schemas["MessageSent"];
export type InboxCounts = Schemas["InboxCounts"];
/** The tiles' numbers. */
export type Statistics = Schemas["Statistics"];

export type ThreadViewer = Schemas["ThreadViewer"];
export type ThreadViewers = Schemas["ThreadViewers"];
export type ViewerState = Schemas["ViewerState"];

/** What is done with several conversations at once. */
export type ThreadAct = Schemas["ThreadAct"];
export type BulkResult = Schemas["BulkResult"];
export type BulkResults = Schemas["BulkResults"];

/** A stretch of text, found or not. */
export type TextPart = Schemas["TextPart"];
export type IgnoredPart = Schemas["IgnoredPart"];
export type UnderstoodFilter = Schemas["UnderstoodFilter"];
/** How the server read a query. */
export type UnderstoodQuery = Schemas["UnderstoodQuery"];
/** One message that was found. */
export type StaffHit = Schemas["StaffHit"];
export type FoundConversations = Schemas["FoundConversations"];
export type StaffSearchResults = Schemas["StaffSearchResults"];
export type SearchSuggestion = Schemas["SearchSuggestion"];
export type SearchSuggestions = Schemas["SearchSuggestions"];
export type RecentSearches = Schemas["RecentSearches"];
/** Whether a practice searches message texts, and how far its index is. */
export type SearchSettings = Schemas["SearchSettings"];

export type SavedView = Schemas["View"];
export type ViewList = Schemas["ViewList"];
export type NewView = Schemas["NewView"];
export type ViewFilter = Schemas["ViewFilter"];

export type StaffNotification = Schemas["Notification"];
export type NotificationList = Schemas["NotificationList"];

export type CannedResponse = Schemas["CannedResponse"];
export type CannedResponseList = Schemas["CannedResponseList"];
export type NewCannedResponse = Schemas["NewCannedResponse"];
export type StaffMember = Schemas["StaffMember"];
export type StaffList = Schemas["StaffList"];
export type Team = Schemas["Team"];
export type NewTeam = Schemas["NewTeam"];
export type TeamList = Schemas["TeamList"];
export type PatientMatch = Schemas["PatientMatch"];
export type PatientList = Schemas["PatientList"];
export type AutoReply = Schemas["AutoReply"];
export type AutoReplyList = Schemas["AutoReplyList"];

export type PortalThread = Schemas["PortalThread"];
export type PortalMessage = Schemas["PortalMessage"];
export type PortalThreadList = Schemas["PortalThreadList"];
export type PortalThreadPage = Schemas["PortalThreadPage"];
export type NewPortalThread = Schemas["NewPortalThread"];
export type NewPortalMessage = Schemas["NewPortalMessage"];
export type PortalHit = Schemas["PortalHit"];
export type PortalSearchResults = Schemas["PortalSearchResults"];

/** The data of the events of the streams; `live.ts` reads them. */
export type StaffThreadEvent = Schemas["StaffThreadEvent"];
export type PortalThreadEvent = Schemas["PortalThreadEvent"];
export type PresenceEvent = Schemas["PresenceEvent"];
export type NotificationEvent = Schemas["NotificationEvent"];
export type Ready = Schemas["Ready"];
export type Closed = Schemas["Closed"];
