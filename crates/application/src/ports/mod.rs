//! What lives outside the process and can be replaced: storage, mail, keys, time.
//!
//! Inside a transaction everything is synchronous, outside it asynchronous: so nobody can hold a transaction
//! open across a network call, because it does not type-check.

mod account_links;
mod accounts;
mod attachments;
mod bulk_acts;
mod canned_responses;
mod changes;
mod clock;
mod delivery;
mod devices;
mod drafts;
mod factor_secrets;
mod feed;
mod files;
mod idempotency;
mod identity;
mod keys;
mod links;
mod messages;
mod notifications;
mod notifier;
mod passkeys;
mod people;
mod practice;
mod presence;
mod provisioning;
mod records;
mod sealed;
mod search;
mod second_factors;
mod secrets;
mod settings;
mod standings;
mod store;
mod teams;
mod threads;
mod throttles;
mod tickets;
mod users;
mod views;

pub use account_links::{
    AccountLinks, InvitedGrant, LINK_ATTEMPTS, LinkOwner, LinkPurpose, LinkRecord, NewLink,
};
pub use accounts::{
    Accounts, CredentialRecord, Credentials, Identified, Identities, OpenedAccount, PatientFacts, Preferences,
};
pub use attachments::{
    AttachmentView, Attachments, ClaimedFile, FileMark, FilePlace, FileWork, FoundAttachment, KeptFile,
    MessagePlace, OwnMessage, Renditions, StoredObject, ThreadAttachment, UploadStep, UploadUsage,
};
pub use bulk_acts::{BulkActs, BulkEntry, BulkOutcome, BulkRecord, BulkRefusal, Footprint};
pub use canned_responses::{
    AutoReplies, AutoReplyView, CannedFilter, CannedResponseView, CannedResponses, CannedVersion,
};
pub use changes::{Change, Changes, ThreadSight};
pub use clock::{Clock, SystemClock};
pub use delivery::{
    AccountMail, ClaimedJob, Deliveries, Job, JobKind, MailAddress, MailTo, NoticeAudience, Outbox, Recipient,
};
pub use devices::{Devices, PushPlatform, SessionDevice, SessionView};
pub use drafts::{Drafts, KeptDraft, KeptThreadDraft};
pub use factor_secrets::{Drawn, FactorSecrets, SecretText};
pub use feed::{About, Doer, Feed, FeedPage, FeedPlace, Published, SkippedChange};
pub use files::{
    AttachmentStorage, Blob, BlobKey, BlobName, CleanPicture, FileInspector, FileStream, InspectionFailure,
    MalwareScanner, ScanFailure, ScanVerdict, StorageFailure, StoredBlob,
};
pub use idempotency::{Idempotency, IdempotencyKey, Receipt};
pub use identity::{
    AccountProfile, GrantedPatient, LoginRecord, NewSession, PresentedRefresh, RefreshOutcome, SessionOwner,
    Sessions, StaffProfile,
};
pub use keys::{KeyFailure, KeyPlace, KeyProvider, TenantKeyMaterial};
pub use links::{LinkView, Links};
pub use messages::{
    MessagePage, MessageView, Messages, NewMessage, PageAt, ProxySender, ReadCursor, ReadCursors, Sender,
};
pub use notifications::{
    NewNotification, NotificationKind, NotificationQuery, NotificationView, Notifications,
};
pub use notifier::{DeliveryFailure, Notifier, OutgoingMail};
pub use passkeys::{Challenge, NewPasskey, PasskeyOwner, Passkeys, ProvedPasskey};
pub use people::{PatientHit, Patients, People, StaffView, TeamView};
pub use practice::{AnswerTime, PracticeFace, PracticePage, PracticeSummary};
pub use presence::{Presences, Viewer, ViewerState, Viewers};
pub use provisioning::{NewAccount, NewFile, NewPatient, NewPractice, NewStaff, Provisioning};
pub use records::{
    GivenGrant, Grants, HeldGrant, HolderView, InvitedGuardian, NumberedPatient, OfAge, PortalAccess,
    RecordQuery, RecordText, RecordView, Records, Wards,
};
pub use sealed::Readable;
pub use search::{
    ConversationPage, ConversationQuery, FoundMessage, IndexState, PortalSearch, RebuildStep, RecentSearch,
    RecentSearches, Search, SearchIndex, SearchPage, SearchQuery, SetAside, TextPart, Understood,
};
pub use second_factors::{
    FactorKind, FactorOwner, FactorStanding, FactorView, KeptPasskey, KeptPasskeys, OneTimeSource,
    RecoveryCodes, SecondFactors, SessionProofs,
};
pub use secrets::{AccountSecrets, MadeSecret, PresentedSecret, TypedPassword};
pub use settings::{EmergencyAccesses, EmergencyView, Settings};
pub use standings::{AccountStanding, StaffStanding, Standings};
pub use store::{Store, Tx, Work};
pub use teams::{TeamChanges, Teams};
pub use threads::{
    AssignedTo, CappedCount, Inbox, InboxCounts, InboxQuery, Keyset, LatestReader, PatientPanel, PortalInbox,
    PortalQuery, PortalThreadView, ProxyView, StaffReader, StaffThreadDetail, StaffThreadView, Statistics,
    ThreadTexts, Threads,
};
pub use throttles::{Flood, FloodBrake, SignInThrottle, SlowedRequest, ThrottleKeys};
pub use tickets::{
    NewTicket, RefreshDelivery, SignInTickets, TICKET_ATTEMPTS, TICKET_LIFE, Ticket, TicketDevice, TicketKey,
    TicketPurpose,
};
pub use users::{Holdings, NewUser, UserChanges, UserState, UserView, Users};
pub use views::{ViewText, ViewView, Views};
