//! Headers that steer a request: Idempotency-Key and If-Match.

use super::code::Code;
use super::error::{ApiError, ApiResult};
use actix_web::dev::Payload;
use actix_web::http::header::{HeaderName, HeaderValue, IF_MATCH};
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};
use threadwell_application::ports::IdempotencyKey;
use utoipa::IntoParams;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const LONGEST_KEY: usize = 255;

/// How a header that may be given once was given.
pub(crate) enum Given<'a> {
    /// Not at all.
    Absent,
    /// Once.
    Once(&'a HeaderValue),
    /// Several times.
    Repeated,
}

/// Looks a header up that may be given once.
pub(crate) fn given<'a>(request: &'a HttpRequest, name: &HeaderName) -> Given<'a> {
    let mut values = request.headers().get_all(name);
    match (values.next(), values.next()) {
        (None, _) => Given::Absent,
        (Some(value), None) => Given::Once(value),
        (Some(_), Some(_)) => Given::Repeated,
    }
}

/// The client's key for a create or send.
#[derive(Clone, Debug, IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct IdempotencyHeader {
    /// Names the request (1 to 255 visible ASCII characters), so that repeating it within 24 hours has one effect.
    #[param(rename = "Idempotency-Key", required = false, value_type = String, min_length = 1, max_length = 255, example = "6f0c7a52-5f43-4f7e-8c0e-2f5f6f0c7a52")]
    key: Option<String>,
}

impl IdempotencyHeader {
    /// The key together with what the request says.
    pub(crate) fn with(self, fingerprint: [u8; 32]) -> Option<IdempotencyKey> {
        self.key.map(|key| IdempotencyKey { key, fingerprint })
    }
}

impl FromRequest for IdempotencyHeader {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let key = match given(request, &IDEMPOTENCY_KEY) {
            Given::Absent => Ok(None),
            Given::Once(value) => visible(value).map(Some).ok_or(Code::MalformedRequest),
            Given::Repeated => Err(Code::MalformedRequest),
        };
        ready(key.map(|key| Self { key }).map_err(ApiError::from))
    }
}

fn visible(value: &HeaderValue) -> Option<String> {
    let bytes = value.as_bytes();
    let is_key = (1..=LONGEST_KEY).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic);
    is_key.then(|| String::from_utf8_lossy(bytes).into_owned())
}

/// The version that a change was made against.
#[derive(Clone, Copy, Debug, IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct IfMatch {
    /// The ETag of the thread as it was read, such as `"4"`. Given, it is binding.
    #[param(rename = "If-Match", required = false, value_type = String, example = "\"4\"")]
    pub(crate) version: Option<i32>,
}

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    /// A condition that cannot hold (`*`, weak, a list) is a version that no thread has: whether the thread exists
    /// for the caller is still decided first.
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let version = match given(request, &IF_MATCH) {
            Given::Absent => None,
            Given::Once(value) => Some(strong(value).unwrap_or(NO_VERSION)),
            Given::Repeated => Some(NO_VERSION),
        };
        ready(Ok(Self { version }))
    }
}

const NO_VERSION: i32 = -1;

fn strong(value: &HeaderValue) -> Option<i32> {
    let digits = value.to_str().ok()?.strip_prefix('"')?.strip_suffix('"')?;
    let version: i32 = digits.parse().ok()?;
    (version.to_string() == digits).then_some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_strong_number_is_a_version() {
        let read = |text: &'static str| strong(&HeaderValue::from_static(text));
        assert_eq!(read("\"4\""), Some(4));
        for text in ["*", "W/\"4\"", "4", "\"04\"", "\"+4\"", "\"4\", \"5\"", "\"\"", "\"99999999999\""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_key_is_visible_and_not_too_long() {
        let read = |text: &str| visible(&HeaderValue::from_str(text).unwrap());
        assert_eq!(read("a-1").as_deref(), Some("a-1"));
        assert!(read(&"k".repeat(255)).is_some());
        for text in [String::new(), "k".repeat(256), "a b".to_owned(), "a\tb".to_owned()] {
            assert_eq!(read(&text), None, "{text:.20}");
        }
    }
}
