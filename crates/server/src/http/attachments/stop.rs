//! Why an upload is not kept.

use crate::http::code::Code;
use crate::http::error::{ApiError, code_of_refusal};
use threadwell_application::FieldProblem;
use threadwell_application::ports::StorageFailure;
use threadwell_domain::attachment::ContentRefusal;

/// Why an upload is not kept.
pub(super) enum Stop {
    /// For its content.
    Refused(ContentRefusal),
    /// For another reason.
    Other(ApiError),
}

impl From<ApiError> for Stop {
    fn from(error: ApiError) -> Self {
        Self::Other(error)
    }
}

impl From<Code> for Stop {
    fn from(code: Code) -> Self {
        Self::Other(code.into())
    }
}

impl Stop {
    /// What the client is told.
    pub(super) fn into_error(self) -> ApiError {
        match self {
            Self::Refused(refusal) => code_of_refusal(refusal).into(),
            Self::Other(error) => error,
        }
    }

    /// Whether the file itself was all right, but what it was sent with was not.
    pub(super) fn is_of_the_form(&self) -> bool {
        match self {
            Self::Refused(_) => false,
            Self::Other(error) => matches!(error.code(), Code::ValidationFailed | Code::TooManyFiles),
        }
    }
}

/// There is no file in the form.
pub(super) fn no_file() -> ApiError {
    ApiError::field("/file", FieldProblem::Required)
}

/// The storage did not take the file, or does not give it.
pub(super) fn storage_stop(failure: StorageFailure) -> Stop {
    match failure {
        StorageFailure::TooLarge => Code::FileTooLarge.into(),
        StorageFailure::BrokeOff => Code::MalformedRequest.into(),
        StorageFailure::Missing | StorageFailure::Damaged | StorageFailure::Unavailable(_) => {
            unavailable(failure)
        }
    }
}

/// Something that is needed for it is away.
pub(super) fn unavailable(failure: impl std::error::Error + Send + Sync + 'static) -> Stop {
    Stop::Other(threadwell_application::Error::unavailable(failure).into())
}
