//! Threads: as the rules need them, and as the two sides see them.

use super::{LinkView, Readable, ThreadSight};
use crate::Result;
use threadwell_domain::access::Relationship;
use threadwell_domain::message::Preview;
use threadwell_domain::thread::{
    Assignee, CategorySet, CloseReason, Priority, Status, Subject, Thread, ThreadFacts,
};
use threadwell_domain::{MessageId, Moment, PatientId, StaffId, TeamId, ThreadId};

/// The texts that a change of a thread writes beside its facts; `None` leaves what is there.
#[derive(Clone, Copy, Debug, Default)]
pub struct ThreadTexts<'a> {
    /// A new subject.
    pub subject: Option<&'a Subject>,
    /// The preview of a new public message.
    pub preview: Option<&'a Preview>,
    /// A new reason of closing, or `Some(None)` to take the old one away.
    pub close_reason: Option<Option<&'a CloseReason>>,
}

/// Threads under the rules. Only those that the actor may see exist: staff by their role's categories, portal
/// accounts by their patient and, for proxies, by confidentiality.
pub trait Threads {
    /// The thread, locked until the transaction ends.
    ///
    /// # Errors
    /// An unavailable database.
    fn find_for_update(&mut self, id: ThreadId) -> Result<Option<Thread>>;

    /// Those of the threads that exist for the actor, locked in the order of their ids until the transaction ends. The
    /// audit names the others as refused.
    ///
    /// # Errors
    /// An unavailable database.
    fn find_all_for_update(&mut self, ids: &[ThreadId]) -> Result<Vec<Thread>>;

    /// Adds a new thread with its subject, and the words of the subject to the index.
    ///
    /// # Errors
    /// The patient does not exist (`PatientNotFound`), or an unavailable database.
    fn add(&mut self, thread: &Thread, subject: &Subject, preview: &Preview) -> Result<()>;

    /// Saves a thread that was found for update.
    ///
    /// # Errors
    /// An unavailable database.
    fn save(&mut self, thread: &Thread, texts: ThreadTexts<'_>) -> Result<()>;

    /// The subject of a thread, for a thread that goes on from it.
    ///
    /// # Errors
    /// An unavailable database.
    fn subject_of(&mut self, id: ThreadId) -> Result<Option<Readable>>;

    /// For whom the thread is there, if it exists for the caller. Locks nothing.
    ///
    /// # Errors
    /// An unavailable database.
    fn sight(&mut self, id: ThreadId) -> Result<Option<ThreadSight>>;
}

/// Where a page of a list goes on: after the row with this time and id, newest first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Keyset {
    /// The time of the last row's last message.
    pub at: Moment,
    /// The last row's id, to break ties.
    pub id: ThreadId,
}

/// Whose threads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AssignedTo {
    /// Nobody's.
    Nobody,
    /// A person's.
    Staff(StaffId),
    /// A team's.
    Team(TeamId),
    /// Those of any team that the actor belongs to.
    MyTeams,
}

/// What staff ask of the inbox. `None` and empty lists do not narrow.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct InboxQuery {
    /// Only these categories (within what the role sees).
    pub categories: Option<CategorySet>,
    /// Only these statuses.
    pub statuses: Vec<Status>,
    /// Only these priorities.
    pub priorities: Vec<Priority>,
    /// Only threads of this assignee.
    pub assigned_to: Option<AssignedTo>,
    /// Only unread (`true`) or only read (`false`) by staff.
    pub unread: Option<bool>,
    /// Archived threads instead of the others.
    pub archived: bool,
    /// Only threads that have the actor's own star.
    pub starred: bool,
    /// Only threads of this patient.
    pub patient: Option<PatientId>,
    /// Words: each must begin a word of the patient's name or of the subject, or be the MRN.
    pub search: Option<String>,
    /// How many rows at most.
    pub limit: i64,
    /// Where to go on.
    pub after: Option<Keyset>,
    /// How many rows to skip, for old clients (at most 1,000).
    pub offset: i64,
}

/// A thread as a row of the staff's inbox.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StaffThreadView {
    /// The facts.
    pub facts: ThreadFacts,
    /// The subject.
    pub subject: Readable,
    /// The beginning of the last public message.
    pub preview: Readable,
    /// The patient's name.
    pub patient_name: Readable,
    /// The patient's medical record number.
    pub patient_mrn: Readable,
    /// The name of the person or team that it is assigned to.
    pub assignee_name: Option<String>,
    /// Why it was closed.
    pub close_reason: Option<Readable>,
    /// Messages of the patient that the actor has not read; at least 1 where the actor marked it unread.
    pub unread_count: i32,
    /// Whether it has the actor's own star.
    pub is_starred: bool,
}

/// A proxy of a patient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProxyView {
    /// The account holder's name.
    pub full_name: Readable,
    /// What they are to the patient.
    pub relationship: Relationship,
    /// Until when.
    pub expires_at: Option<Moment>,
}

/// What the panel beside a conversation shows of its patient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PatientPanel {
    /// Who.
    pub id: PatientId,
    /// The name.
    pub full_name: Readable,
    /// The medical record number.
    pub mrn: Readable,
    /// The date of birth, as `YYYY-MM-DD`.
    pub birth_date: Option<Readable>,
    /// The telephone number.
    pub phone: Option<Readable>,
    /// The e-mail address.
    pub email: Option<Readable>,
    /// The preferred language (BCP 47).
    pub language: String,
    /// Whether the patient has an account of its own.
    pub has_own_account: bool,
    /// Who else reads and writes for the patient.
    pub proxies: Vec<ProxyView>,
}

/// How far a portal reader has read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LatestReader {
    /// The reader's name.
    pub name: Readable,
    /// When.
    pub at: Moment,
    /// Up to which public message.
    pub message: MessageId,
}

/// How far a colleague has read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StaffReader {
    /// Who.
    pub staff: StaffId,
    /// By name.
    pub full_name: String,
    /// When.
    pub at: Moment,
    /// The newest message or note up to there.
    pub message: MessageId,
}

/// A thread opened by staff.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StaffThreadDetail {
    /// The row.
    pub view: StaffThreadView,
    /// The patient.
    pub patient: PatientPanel,
    /// The patient's five newest other threads that the role sees; their unread messages are not counted.
    pub earlier: Vec<StaffThreadView>,
    /// The newest message that the actor has read.
    pub own_last_read: Option<MessageId>,
    /// How far the patient's side has read.
    pub patient_seen: Vec<LatestReader>,
    /// How far colleagues have read, newest first, without the caller; at most ten.
    pub staff_seen: Vec<StaffReader>,
    /// The threads that it is linked to and that the role sees.
    pub links: Vec<LinkView>,
}

/// A count that stops at a cap.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CappedCount {
    /// At most 99.
    pub count: i64,
    /// Whether there are more.
    pub is_capped: bool,
}

/// The numbers beside the inbox's views. Closed and archived threads do not count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each field is the name of its view")]
pub struct InboxCounts {
    pub open: CappedCount,
    pub mine: CappedCount,
    pub my_teams: CappedCount,
    pub unassigned: CappedCount,
    pub urgent: CappedCount,
    pub needs_reply: CappedCount,
    pub waiting_provider: CappedCount,
    pub waiting_patient: CappedCount,
    pub unread: CappedCount,
}

/// The numbers above the inbox: threads that are not archived, within what the role sees. Each stops at a cap, and a
/// capped one says that there may be more: they are counted over the newest threads alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each field is the name of its number")]
pub struct Statistics {
    pub conversations: CappedCount,
    pub unread_messages: CappedCount,
    pub unique_patients: CappedCount,
    pub messages: CappedCount,
}

/// What staff see of threads; the audit records which threads and patients were shown.
pub trait Inbox {
    /// A page, newest last message first. Asks for one row more than `limit` to know whether there is more;
    /// gives at most `limit` rows and whether there are further ones.
    ///
    /// # Errors
    /// An unavailable database.
    fn page(&mut self, query: &InboxQuery) -> Result<(Vec<StaffThreadView>, bool)>;

    /// One thread with everything beside it.
    ///
    /// # Errors
    /// An unavailable database.
    fn detail(&mut self, id: ThreadId) -> Result<Option<StaffThreadDetail>>;

    /// Threads, not closed, that nobody of the staff has read up to the patient's last message.
    ///
    /// # Errors
    /// An unavailable database.
    fn count_unread(&mut self) -> Result<CappedCount>;

    /// The numbers beside the views.
    ///
    /// # Errors
    /// An unavailable database.
    fn counts(&mut self) -> Result<InboxCounts>;

    /// The numbers above the inbox.
    ///
    /// # Errors
    /// An unavailable database.
    fn statistics(&mut self) -> Result<Statistics>;
}

/// What a portal account asks of its patient's threads.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PortalQuery {
    /// Only these categories.
    pub categories: Option<CategorySet>,
    /// Only these statuses.
    pub statuses: Vec<Status>,
    /// Only threads with messages that the account has not read.
    pub unread_only: bool,
    /// Words: each must begin a word of the subject.
    pub search: Option<String>,
    /// How many rows at most.
    pub limit: i64,
    /// Where to go on.
    pub after: Option<Keyset>,
}

/// A thread as the portal sees it. Facts that are the staff's business are in `facts` too: the wire's shape
/// leaves them out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PortalThreadView {
    /// The facts.
    pub facts: ThreadFacts,
    /// The subject.
    pub subject: Readable,
    /// The beginning of the last public message.
    pub preview: Readable,
    /// The patient's name.
    pub patient_name: Readable,
    /// Public messages of staff that the account has not read.
    pub unread_count: i32,
    /// The newest message that the account has read; `None` in lists.
    pub own_last_read: Option<MessageId>,
}

/// What the portal sees of threads.
pub trait PortalInbox {
    /// A page, newest public message first, with whether there are further ones.
    ///
    /// # Errors
    /// An unavailable database.
    fn page(&mut self, query: &PortalQuery) -> Result<(Vec<PortalThreadView>, bool)>;

    /// One thread.
    ///
    /// # Errors
    /// An unavailable database.
    fn detail(&mut self, id: ThreadId) -> Result<Option<PortalThreadView>>;

    /// Threads, not closed, with public messages of staff that the account has not read.
    ///
    /// # Errors
    /// An unavailable database.
    fn count_unread(&mut self) -> Result<CappedCount>;
}

impl StaffThreadView {
    /// The person, if it is assigned to one.
    pub const fn assigned_staff(&self) -> Option<StaffId> {
        match self.facts.assignee {
            Some(Assignee::Staff(id)) => Some(id),
            Some(Assignee::Team(_)) | None => None,
        }
    }

    /// The team, if it is assigned to one.
    pub const fn assigned_team(&self) -> Option<TeamId> {
        match self.facts.assignee {
            Some(Assignee::Team(id)) => Some(id),
            Some(Assignee::Staff(_)) | None => None,
        }
    }
}
