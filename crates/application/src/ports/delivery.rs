//! The outbox: what is to be sent once the transaction has committed, and the worker's side of it.

use crate::Result;
use chrono::Duration;
use threadwell_domain::{AccountId, Moment, Phi, StaffId, ThreadId};
use uuid::Uuid;

/// Which side is to hear of a message.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NoticeAudience {
    /// Everybody who reads for the patient.
    Patient,
    /// The assignee, else the team on duty for the category.
    Staff,
}

/// Written with the message, in its transaction.
pub trait Outbox {
    /// Asks for a notice about new messages in a thread. The worker finds out who is to get a mail, and sends
    /// one per person and unread stretch.
    ///
    /// # Errors
    /// An unavailable database.
    fn notify(&mut self, audience: NoticeAudience, thread: ThreadId) -> Result<()>;
}

/// Who gets a mail.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Recipient {
    /// A portal account.
    Account(AccountId),
    /// A staff member.
    Staff(StaffId),
}

/// What a job does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JobKind {
    /// Finds the recipients of a notice and makes a mail for each.
    Notice(NoticeAudience),
    /// Sends one mail.
    Mail(Recipient),
}

/// A job of the outbox. It holds ids alone: addresses are looked up when the mail goes out, so that somebody who
/// switched mails off in the meantime gets none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Job {
    /// Which row; the Message-ID derives from it.
    pub id: Uuid,
    /// What it does.
    pub kind: JobKind,
    /// About which thread.
    pub thread: ThreadId,
    /// How often it was tried before.
    pub attempts: i32,
    /// When it was written.
    pub created_at: Moment,
}

/// A job in the hands of one worker.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClaimedJob {
    /// The job.
    pub job: Job,
    /// The fencing token: marks of a worker whose lease ran out and passed to another do not count.
    pub fence: i32,
}

/// Where a mail goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MailAddress {
    /// The address.
    pub email: Phi,
    /// The language of the template (BCP 47).
    pub language: String,
    /// The practice's public code, for the link.
    pub practice_slug: String,
    /// The first name, only where the practice switched that on.
    pub first_name: Option<Phi>,
}

/// The worker's side of the outbox, one practice at a time.
pub trait Deliveries {
    /// Takes due jobs for the length of a lease, skipping those in other hands.
    ///
    /// # Errors
    /// An unavailable database.
    fn claim(&mut self, limit: i64, lease: Duration) -> Result<Vec<ClaimedJob>>;

    /// Writes a mail job for each person who is to hear of the thread, has mails on, and has had no mail since
    /// they last read it; then marks the notice done. Gives the number of mails.
    ///
    /// # Errors
    /// An unavailable database.
    fn expand_notice(&mut self, job: &ClaimedJob, audience: NoticeAudience) -> Result<usize>;

    /// Where a mail goes; `None` if the person has switched mails off, was disabled, or may no longer see the thread.
    ///
    /// # Errors
    /// An unavailable database.
    fn address_of(&mut self, recipient: Recipient, thread: ThreadId) -> Result<Option<MailAddress>>;

    /// Marks a job done. `false` if the lease had passed to another worker.
    ///
    /// # Errors
    /// An unavailable database.
    fn done(&mut self, job: &ClaimedJob) -> Result<bool>;

    /// Puts a job back until later. `false` if the lease had passed to another worker.
    ///
    /// # Errors
    /// An unavailable database.
    fn retry(&mut self, job: &ClaimedJob, at: Moment, reason: &str) -> Result<bool>;

    /// Gives a job up for good. `false` if the lease had passed to another worker.
    ///
    /// # Errors
    /// An unavailable database.
    fn bury(&mut self, job: &ClaimedJob, reason: &str) -> Result<bool>;

    /// Says when this practice's outbox has work next; called when nothing was left to claim.
    ///
    /// # Errors
    /// An unavailable database.
    fn rest(&mut self) -> Result<()>;
}
