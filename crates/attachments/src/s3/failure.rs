//! What a failed request means. What the server says stays out but for its code: it may repeat keys and signatures.

use std::error::Error;

use aws_sdk_s3::{
    config::http::HttpResponse,
    error::{ProvideErrorMetadata, SdkError},
};
use threadwell_application::ports::StorageFailure;

/// A request that failed, and why in a few words.
#[derive(Debug, thiserror::Error)]
#[error("{operation}: {reason}")]
struct RequestFailed {
    operation: &'static str,
    reason: String,
}

pub(super) fn unavailable<E>(operation: &'static str, error: &SdkError<E, HttpResponse>) -> StorageFailure
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let reason = match error {
        SdkError::TimeoutError(_) => "timed out".to_owned(),
        SdkError::ServiceError(refused) => {
            let status = refused.raw().status().as_u16();
            format!("answered {status} {}", plain(refused.err().code().unwrap_or_default()))
        }
        other => innermost(other),
    };
    failed(operation, reason)
}

pub(super) fn failed(operation: &'static str, reason: String) -> StorageFailure {
    StorageFailure::Unavailable(Box::new(RequestFailed { operation, reason }))
}

/// A code as S3 has them, whatever the server sent as one.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).take(64).collect()
}

/// The last cause, which says what happened: the first ones say that something did.
fn innermost(error: &(dyn Error + 'static)) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_one_word() {
        assert_eq!(plain("NoSuchBucket"), "NoSuchBucket");
        assert_eq!(plain("a\r\nlevel=ERROR \u{202e}b"), "alevelERRORb");
        assert_eq!(plain(&"x".repeat(10_000)).len(), 64);
    }
}
