//! The outbox: what is to be sent once the transaction has committed, and the worker's side of it.

use crate::Result;
use crate::access::Audience;
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

    /// Asks for a mail about an account. It goes out whatever the person's preferences for notices are.
    ///
    /// # Errors
    /// An unavailable database.
    fn account_mail(&mut self, mail: AccountMail, to: MailTo, link: Option<Uuid>) -> Result<()>;
}

/// What a mail about an account says.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AccountMail {
    /// Somebody was added to the staff.
    StaffInvitation,
    /// Somebody asked for a new password.
    PasswordReset,
    /// A patient is invited to the portal.
    PatientInvitation,
    /// Somebody is invited to act for a patient, and may write.
    ProxyInvitation,
    /// The code of an identity check.
    ActivationCode,
    /// Somebody who has an account asked to open one.
    HasAccount,
    /// A new e-mail is to be proved.
    ConfirmEmail,
    /// The e-mail was changed; goes to the old one.
    EmailChanged,
    /// The password was changed.
    PasswordChanged,
    /// A second factor was added or removed, or recovery codes were made.
    FactorsChanged,
    /// The practice removed the second factors.
    FactorsRemoved,
    /// Somebody signed in on a device that was not seen before.
    NewDevice,
    /// A recovery code was used.
    RecoveryCodeUsed,
    /// A copied session was found out and ended.
    SessionStolen,
    /// Somebody of the staff began emergency access.
    EmergencyAccess,
    /// The practice changed the e-mail of somebody of its staff; goes to both addresses.
    StaffEmailChanged,
    /// Somebody is invited to read for a patient, and not to write.
    ReaderInvitation,
}

impl AccountMail {
    /// All of them, each at the place of its storage number.
    pub const ALL: [Self; 17] = [
        Self::StaffInvitation,
        Self::PasswordReset,
        Self::PatientInvitation,
        Self::ProxyInvitation,
        Self::ActivationCode,
        Self::HasAccount,
        Self::ConfirmEmail,
        Self::EmailChanged,
        Self::PasswordChanged,
        Self::FactorsChanged,
        Self::FactorsRemoved,
        Self::NewDevice,
        Self::RecoveryCodeUsed,
        Self::SessionStolen,
        Self::EmergencyAccess,
        Self::StaffEmailChanged,
        Self::ReaderInvitation,
    ];

    /// A stable small number for storage.
    pub fn code(self) -> i16 {
        Self::ALL.iter().position(|mail| *mail == self).and_then(|at| i16::try_from(at).ok()).unwrap_or(0)
    }

    /// The mail of that storage number.
    pub fn from_code(code: i16) -> Option<Self> {
        usize::try_from(code).ok().and_then(|at| Self::ALL.get(at).copied())
    }
}

/// Whom a mail about an account goes to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MailTo {
    /// Somebody with an account: at the address on record when it goes out.
    Person(Recipient),
    /// The address that a link names.
    LinkAddress(Uuid),
}

/// Who gets a mail.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Recipient {
    /// A portal account.
    Account(AccountId),
    /// A staff member.
    Staff(StaffId),
}

impl Recipient {
    /// At which door.
    pub const fn audience(self) -> Audience {
        match self {
            Self::Account(_) => Audience::Portal,
            Self::Staff(_) => Audience::Staff,
        }
    }
}

/// What a job does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JobKind {
    /// Finds the recipients of a notice about a thread and makes a mail for each.
    Notice(NoticeAudience, ThreadId),
    /// Sends one mail about a thread.
    Mail(Recipient, ThreadId),
    /// Sends one mail about an account, with the link or code that it brings.
    Account(AccountMail, MailTo, Option<Uuid>),
}

/// A job of the outbox. It holds ids alone: addresses are looked up when the mail goes out, so that somebody who
/// switched mails off in the meantime gets none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Job {
    /// Which row; the Message-ID derives from it.
    pub id: Uuid,
    /// What it does.
    pub kind: JobKind,
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
    /// The practice's name.
    pub practice_name: String,
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
    fn expand_notice(
        &mut self,
        job: &ClaimedJob,
        audience: NoticeAudience,
        thread: ThreadId,
    ) -> Result<usize>;

    /// Where a mail goes; `None` if the person has switched mails off, was disabled, or may no longer see the thread.
    ///
    /// # Errors
    /// An unavailable database.
    fn address_of(&mut self, recipient: Recipient, thread: ThreadId) -> Result<Option<MailAddress>>;

    /// Where a mail about an account goes; `None` if the person was disabled, or the link it brings is good no more.
    ///
    /// # Errors
    /// An unavailable database.
    fn account_address_of(&mut self, to: MailTo, link: Option<Uuid>) -> Result<Option<MailAddress>>;

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
