//! From refusals to answers: the one place where an error gets a status and a code.
//!
//! Handlers return [`ApiError`]; the outermost middleware turns it into a problem document, since only it knows the
//! request's id. What a caller may not know exists is a plain 404, the same for every reason.

use super::code::Code;
use super::wire::{PortalMessage, StaffMessage};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use chrono::Duration;
use serde_json::Value;
use std::fmt;
use threadwell_application::access::Audience;
use threadwell_application::ports::MessageView;
use threadwell_application::{Error, FieldError, FieldProblem, SessionRefusal};
use threadwell_domain::attachment::ContentRefusal;
use threadwell_domain::thread::{StatusRefusal, ThreadRefusal};

/// The result of a handler.
pub(crate) type ApiResult<T> = Result<T, ApiError>;

/// A refusal on its way to the client.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// A use case refused.
    Refused(Error),
    /// The request was refused before any use case saw it.
    Request(Code),
    /// Fields of the body or parameters of the query were refused by their form.
    Fields(Code, Vec<FieldError>),
    /// The method is not one of these.
    Method(Vec<String>),
    /// A file of so many bytes has no such part.
    Range(u64),
    /// Too much at once; come back later.
    Busy {
        /// Which of the two ways of being busy.
        code: Code,
        /// After how many seconds.
        retry_after: u64,
    },
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<Code> for ApiError {
    fn from(code: Code) -> Self {
        Self::Request(code)
    }
}

impl ApiError {
    /// Fields that a use case would refuse as well.
    pub(crate) const fn invalid(errors: Vec<FieldError>) -> Self {
        Self::Fields(Code::ValidationFailed, errors)
    }

    /// A single field that is wrong.
    pub(crate) fn field(pointer: impl Into<String>, problem: FieldProblem) -> Self {
        Self::invalid(vec![FieldError { pointer: pointer.into(), problem }])
    }

    /// A field that there is none of.
    pub(crate) fn unknown_field(pointer: impl Into<String>) -> Self {
        let field = FieldError { pointer: pointer.into(), problem: FieldProblem::Unknown };
        Self::Fields(Code::UnknownField, vec![field])
    }

    /// The code of the answer.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Refused(error) => code_of(error),
            Self::Request(code) | Self::Fields(code, _) | Self::Busy { code, .. } => *code,
            Self::Method(_) => Code::MethodNotAllowed,
            Self::Range(_) => Code::RangeNotSatisfiable,
        }
    }

    /// The fields that are wrong, by pointer and problem.
    pub(crate) fn fields(&self) -> &[FieldError] {
        match self {
            Self::Fields(_, errors) | Self::Refused(Error::Invalid(errors)) => errors,
            Self::Refused(_) | Self::Request(_) | Self::Method(_) | Self::Range(_) | Self::Busy { .. } => &[],
        }
    }

    /// What came in between, in the shape of the caller's side.
    pub(crate) fn missed(&self, audience: Audience) -> Option<Vec<Value>> {
        match self {
            Self::Refused(Error::StaleReply { missed }) => {
                Some(missed.iter().filter_map(|message| shape(message, audience)).collect())
            }
            Self::Refused(_)
            | Self::Request(_)
            | Self::Fields(..)
            | Self::Method(_)
            | Self::Range(_)
            | Self::Busy { .. } => None,
        }
    }

    /// How many seconds to wait, where waiting helps.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Refused(Error::RateLimited { retry_after }) => Some(whole_seconds(*retry_after)),
            Self::Busy { retry_after, .. } => Some(*retry_after),
            Self::Refused(Error::Unavailable(_)) => Some(5),
            Self::Refused(Error::IdempotencyInProgress) => Some(1),
            Self::Refused(Error::QuotaExceeded) => Some(3_600),
            Self::Refused(Error::FileNotReady) => Some(2),
            Self::Refused(_) | Self::Request(_) | Self::Fields(..) | Self::Method(_) | Self::Range(_) => None,
        }
    }
}

fn shape(message: &MessageView, audience: Audience) -> Option<Value> {
    match audience {
        Audience::Staff => serde_json::to_value(StaffMessage::from(message)).ok(),
        Audience::Portal => serde_json::to_value(PortalMessage::of(message, None)).ok(),
    }
}

fn whole_seconds(wait: Duration) -> u64 {
    u64::try_from((wait.num_milliseconds() + 999) / 1_000).unwrap_or_default().max(1)
}

/// **Invariant:** no wildcard arm, so that a new refusal must be given its code here.
fn code_of(error: &Error) -> Code {
    match error {
        Error::NotFound => Code::NotFound,
        Error::Denied | Error::Refused(ThreadRefusal::Status(StatusRefusal::NotForRole)) => Code::Forbidden,
        Error::TenantMismatch => Code::TenantMismatch,
        Error::Session(SessionRefusal::Invalid) => Code::InvalidToken,
        Error::Session(SessionRefusal::Expired) => Code::SessionExpired,
        Error::Session(SessionRefusal::SecondFactorRequired) => Code::MfaRequired,
        Error::StepUpRequired => Code::StepUpRequired,
        Error::InvalidCode => Code::InvalidCode,
        Error::InvalidLink => Code::InvalidToken,
        Error::LastFactor => Code::LastFactor,
        Error::PasswordTooShort => Code::PasswordTooShort,
        Error::LastAdmin => Code::LastAdmin,
        Error::AddressNotAllowed => Code::AddressNotAllowed,
        Error::InvalidCredentials => Code::InvalidCredentials,
        Error::TenantRequired => Code::TenantRequired,
        Error::RefreshReused => Code::RefreshReused,
        Error::RateLimited { .. } => Code::RateLimited,
        Error::ActingForRequired => Code::ActingForRequired,
        Error::VersionMismatch { .. } | Error::Refused(ThreadRefusal::MovedOn) => Code::VersionMismatch,
        Error::StaleReply { .. } => Code::StaleReply,
        Error::Refused(
            ThreadRefusal::Status(StatusRefusal::Illegal { .. })
            | ThreadRefusal::ReopenWindowPassed
            | ThreadRefusal::NotClosed,
        ) => Code::IllegalTransition,
        Error::Invalid(_) => Code::ValidationFailed,
        Error::PatientNotFound => Code::PatientNotFound,
        Error::AssigneeNotFound => Code::AssigneeNotFound,
        Error::AttachmentNotFound => Code::AttachmentNotFound,
        Error::TooManyFiles => Code::TooManyFiles,
        Error::QuotaExceeded => Code::QuotaExceeded,
        Error::LimitReached => Code::LimitReached,
        Error::TeamInUse => Code::TeamInUse,
        Error::FileNotReady => Code::NotReady,
        Error::FileSent => Code::IllegalTransition,
        Error::UnfilledPlaceholder(_) => Code::UnfilledPlaceholder,
        Error::IdempotencyKeyReused => Code::IdempotencyKeyReused,
        Error::IdempotencyInProgress => Code::IdempotencyInProgress,
        Error::InvalidCursor => Code::InvalidCursor,
        Error::Unavailable(_) => Code::DependencyUnavailable,
    }
}

/// The code of a file that is refused for its content.
pub(crate) const fn code_of_refusal(refusal: ContentRefusal) -> Code {
    match refusal {
        ContentRefusal::KindNotAllowed => Code::FileTypeNotAllowed,
        ContentRefusal::KindMismatch => Code::FileTypeMismatch,
        ContentRefusal::ActiveContent => Code::ActiveContent,
        ContentRefusal::Encrypted => Code::EncryptedFile,
        ContentRefusal::PictureTooLarge => Code::ImageTooLarge,
        ContentRefusal::ArchiveRejected => Code::ArchiveRejected,
        ContentRefusal::Malware => Code::MalwareDetected,
    }
}

/// The word for what is wrong with a field.
pub(crate) const fn problem_name(problem: FieldProblem) -> &'static str {
    match problem {
        FieldProblem::Required => "required",
        FieldProblem::Empty => "empty",
        FieldProblem::TooLong(_) => "too_long",
        FieldProblem::TooShort(_) => "too_short",
        FieldProblem::TooCommon => "too_common",
        FieldProblem::ContainsEmail => "contains_email",
        FieldProblem::WouldLockYouOut => "would_lock_you_out",
        FieldProblem::ControlCharacter => "control_character",
        FieldProblem::Invalid => "invalid",
        FieldProblem::Conflict => "conflict",
        FieldProblem::Taken => "taken",
        FieldProblem::Unknown => "unknown",
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code().name())
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.code().status()
    }

    /// Bare: the outermost middleware writes the problem document.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}
