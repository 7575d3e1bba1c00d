//! Everything that a use case can answer besides its result.

use crate::ports::MessageView;
use chrono::Duration;
use threadwell_domain::TextRefusal;
use threadwell_domain::message::Placeholder;
use threadwell_domain::thread::{StatusRefusal, ThreadRefusal};

/// The result of a use case.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a use case was not carried out. Nothing was changed, whatever the variant.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the caller may not know that there is.
    #[error("not found")]
    NotFound,
    /// The caller's role or grant does not have the operation.
    #[error("denied")]
    Denied,
    /// The asserted practice is not the session's.
    #[error("the asserted practice is not the session's")]
    TenantMismatch,
    /// The session does not admit the caller.
    #[error("the session does not admit the caller: {0:?}")]
    Session(SessionRefusal),
    /// The person must prove a factor again before this.
    #[error("a step-up is needed")]
    StepUpRequired,
    /// A code, an answer of a passkey or a birth date is wrong.
    #[error("the code is wrong")]
    InvalidCode,
    /// A link or ticket is unknown, used, out of time or withdrawn.
    #[error("the link is not valid")]
    InvalidLink,
    /// The practice demands a second factor, and this is the last one.
    #[error("the last second factor stays")]
    LastFactor,
    /// The password is too short to stand without a second factor.
    #[error("the password is too short to stand alone")]
    PasswordTooShort,
    /// A practice keeps at least one administrator.
    #[error("the last administrator stays")]
    LastAdmin,
    /// The practice's staff come from other addresses.
    #[error("the address is not one of the practice's")]
    AddressNotAllowed,
    /// E-mail, password or practice do not match; which of them is not said.
    #[error("invalid credentials")]
    InvalidCredentials,
    /// Several practices live here and none was named at sign-in.
    #[error("a practice must be named")]
    TenantRequired,
    /// A consumed refresh token came back after its successor was used; the session is revoked.
    #[error("a consumed refresh token was used again")]
    RefreshReused,
    /// Too many attempts.
    #[error("too many attempts")]
    RateLimited {
        /// How long to wait.
        retry_after: Duration,
    },
    /// The account serves several patients and has not said for whom it acts.
    #[error("a patient to act for must be chosen")]
    ActingForRequired,
    /// Somebody else changed the thread since the caller read it.
    #[error("the thread is at version {current}")]
    VersionMismatch {
        /// The version that the thread has now.
        current: i32,
    },
    /// Public messages came in that the author had not seen.
    #[error("{} messages came in between", .missed.len())]
    StaleReply {
        /// What came in, oldest first.
        missed: Vec<MessageView>,
    },
    /// The domain's rules forbid it.
    #[error(transparent)]
    Refused(#[from] ThreadRefusal),
    /// Fields are wrong.
    #[error("{} fields are wrong", .0.len())]
    Invalid(Vec<FieldError>),
    /// There is no such patient in the practice.
    #[error("no such patient")]
    PatientNotFound,
    /// There is no such person or team, or they could not see the thread.
    #[error("no such assignee")]
    AssigneeNotFound,
    /// There is no such upload of the caller.
    #[error("no such attachment")]
    AttachmentNotFound,
    /// A message would have more files than it may.
    #[error("too many files")]
    TooManyFiles,
    /// The person or the practice has uploaded as much as a day allows.
    #[error("the day's quota is used up")]
    QuotaExceeded,
    /// There are as many of these as there can be.
    #[error("there are as many as there can be")]
    LimitReached,
    /// Open threads are with the team.
    #[error("open threads are with the team")]
    TeamInUse,
    /// The file is still being checked.
    #[error("the file is not ready")]
    FileNotReady,
    /// A message has the file: it is part of the record.
    #[error("a message has the file")]
    FileSent,
    /// A message to a patient still holds blanks.
    #[error("{} blanks are not filled in", .0.len())]
    UnfilledPlaceholder(Vec<Placeholder>),
    /// The idempotency key was used with another request.
    #[error("the idempotency key belongs to another request")]
    IdempotencyKeyReused,
    /// A request with the same idempotency key is under way.
    #[error("a request with this idempotency key is under way")]
    IdempotencyInProgress,
    /// The page's cursor is not one of this list.
    #[error("the cursor does not belong to this list")]
    InvalidCursor,
    /// Something outside failed; trying again later may help.
    #[error("a dependency is unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Wraps an adapter's own error.
    pub fn unavailable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unavailable(source.into())
    }

    /// A single wrong field.
    pub fn field(pointer: &'static str, problem: FieldProblem) -> Self {
        Self::Invalid(vec![FieldError { pointer: pointer.to_owned(), problem }])
    }

    /// Whether the audit calls this a denial (as opposed to a failure or a rule's refusal).
    pub const fn is_denial(&self) -> bool {
        matches!(
            self,
            Self::NotFound
                | Self::Denied
                | Self::TenantMismatch
                | Self::Session(_)
                | Self::InvalidCredentials
                | Self::PasswordTooShort
                | Self::StepUpRequired
                | Self::InvalidCode
                | Self::InvalidLink
                | Self::AddressNotAllowed
                | Self::RefreshReused
                | Self::RateLimited { .. }
                | Self::PatientNotFound
                | Self::AssigneeNotFound
                | Self::AttachmentNotFound
                | Self::Refused(ThreadRefusal::Status(StatusRefusal::NotForRole))
        )
    }
}

/// Why a session does not admit its bearer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SessionRefusal {
    /// Unknown, revoked, or its person was disabled or lost the grant.
    Invalid,
    /// Idle for too long, or past its absolute end.
    Expired,
    /// The practice demands a second factor, and the session was opened without one.
    SecondFactorRequired,
}

/// A field that was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldError {
    /// Where, as a JSON pointer (RFC 6901) for bodies or the name of a query parameter.
    pub pointer: String,
    /// What is wrong with it.
    pub problem: FieldProblem,
}

/// What is wrong with a field. Never holds the rejected value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldProblem {
    /// It must be given.
    Required,
    /// Nothing is left after trimming.
    Empty,
    /// More than this many characters.
    TooLong(usize),
    /// Fewer than this many characters.
    TooShort(usize),
    /// A password that many people have.
    TooCommon,
    /// A password that holds the e-mail's name.
    ContainsEmail,
    /// It would shut its author out.
    WouldLockYouOut,
    /// A control character.
    ControlCharacter,
    /// Not one of the values or not of the form that the field takes.
    Invalid,
    /// Cannot stand together with another field that was given.
    Conflict,
    /// Another one has it already.
    Taken,
    /// No such parameter.
    Unknown,
}

impl From<TextRefusal> for FieldProblem {
    fn from(refusal: TextRefusal) -> Self {
        match refusal {
            TextRefusal::Empty => Self::Empty,
            TextRefusal::TooLong { limit } => Self::TooLong(limit),
            TextRefusal::ControlCharacter => Self::ControlCharacter,
        }
    }
}
