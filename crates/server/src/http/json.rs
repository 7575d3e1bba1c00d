//! Bodies: strict JSON. Unknown members, repeated members, lists for objects and wrong types are refused by pointer,
//! never by value.

use super::code::Code;
use super::error::{ApiError, ApiResult};
use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::{FromRequest, HttpRequest, web};
use aws_lc_rs::digest::{SHA256, digest};
use exact::Exact;
use form::Unrepeated;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;
use threadwell_application::{FieldError, FieldProblem};

mod exact;
mod form;

/// The largest body that is read.
pub(crate) const LIMIT_BYTES: usize = 512 * 1024;
const ARRIVAL_LIMIT: Duration = Duration::from_secs(15);

/// A body that must be there.
#[derive(Debug)]
pub(crate) struct Json<T> {
    /// What it says.
    pub(crate) value: T,
    /// SHA-256 of its canonical form, by which a repeated request is recognised.
    pub(crate) fingerprint: [u8; 32],
}

/// A body that may be left out; nothing and an empty object then mean the same.
#[derive(Debug)]
pub(crate) struct OptionalJson<T>(pub(crate) T);

type Reading<T> = Pin<Box<dyn Future<Output = ApiResult<T>>>>;

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = ApiError;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), web::Payload::from_request(&request.clone(), payload));
        Box::pin(async move {
            let bytes = read(&request, payload.into_inner().map_err(|_| Code::MalformedRequest)?).await?;
            check_media_type(&request)?;
            parse(&bytes)
        })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for OptionalJson<T> {
    type Error = ApiError;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), web::Payload::from_request(&request.clone(), payload));
        Box::pin(async move {
            let bytes = read(&request, payload.into_inner().map_err(|_| Code::MalformedRequest)?).await?;
            if bytes.is_empty() {
                return parse(b"{}").map(|json: Json<T>| Self(json.value));
            }
            check_media_type(&request)?;
            parse(&bytes).map(|json: Json<T>| Self(json.value))
        })
    }
}

/// No body; an empty object is let pass for clients that always send one.
#[derive(Debug)]
pub(crate) struct NoBody;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl FromRequest for NoBody {
    type Error = ApiError;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let reading = OptionalJson::<Nothing>::from_request(request, payload);
        Box::pin(async move { reading.await.map(|_| Self) })
    }
}

/// A body that says it is too large is refused before it is read. One that does not arrive in time is given up, so
/// that a trickle holds nothing.
async fn read(request: &HttpRequest, payload: web::Payload) -> ApiResult<web::Bytes> {
    if announced_length(request).is_some_and(|length| length > LIMIT_BYTES as u64) {
        return Err(Code::PayloadTooLarge.into());
    }
    match tokio::time::timeout(ARRIVAL_LIMIT, payload.to_bytes_limited(LIMIT_BYTES)).await {
        Ok(Ok(Ok(bytes))) => Ok(bytes),
        Ok(Err(_)) => Err(Code::PayloadTooLarge.into()),
        Ok(Ok(Err(_))) => Err(Code::MalformedRequest.into()),
        Err(_) => Err(Code::RequestTimeout.into()),
    }
}

fn announced_length(request: &HttpRequest) -> Option<u64> {
    request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Exactly `application/json`, in UTF-8 if a character set is named at all, and not compressed: forms of other sites
/// cannot send it without being asked first, and nothing unpacks to more than its limit.
fn check_media_type(request: &HttpRequest) -> ApiResult<()> {
    let mut types = request.headers().get_all(CONTENT_TYPE);
    let given = match (types.next(), types.next()) {
        (Some(only), None) => only.to_str().unwrap_or_default().to_ascii_lowercase(),
        _ => return Err(Code::UnsupportedMediaType.into()),
    };
    let mut parts = given.split(';').map(str::trim);
    let is_json = parts.next() == Some("application/json");
    let is_utf8 = parts.all(|part| matches!(part, "charset=utf-8" | "charset=\"utf-8\""));
    let is_plain = !request.headers().contains_key(CONTENT_ENCODING);
    if is_json && is_utf8 && is_plain { Ok(()) } else { Err(Code::UnsupportedMediaType.into()) }
}

/// Reads a body twice: once for its form, once for its meaning.
pub(crate) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> ApiResult<Json<T>> {
    let Unrepeated(form) = serde_json::from_slice(bytes).map_err(|_| Code::MalformedRequest)?;
    if !form.is_object() {
        return Err(ApiError::field("", FieldProblem::Invalid));
    }
    let fingerprint = fingerprint_of(&form);
    let value = serde_path_to_error::deserialize(Exact(form)).map_err(|error| explain(&error))?;
    Ok(Json { value, fingerprint })
}

/// Members are sorted by name, so that spacing and order do not matter.
fn fingerprint_of(form: &Value) -> [u8; 32] {
    let canonical = serde_json::to_vec(form).unwrap_or_default();
    let mut bytes = [0; 32];
    bytes.iter_mut().zip(digest(&SHA256, &canonical).as_ref()).for_each(|(to, from)| *to = *from);
    bytes
}

fn explain(error: &serde_path_to_error::Error<serde_json::Error>) -> ApiError {
    let message = error.inner().to_string();
    let place = pointer_of(error.path());
    match (quoted_after(&message, "unknown field `"), quoted_after(&message, "missing field `")) {
        (Some(name), _) => ApiError::Fields(
            Code::UnknownField,
            vec![FieldError { pointer: unknown_pointer(&place, name), problem: FieldProblem::Unknown }],
        ),
        (None, Some(name)) => ApiError::field(format!("{place}/{name}"), FieldProblem::Required),
        (None, None) => ApiError::field(place, FieldProblem::Invalid),
    }
}

/// The path already ends with the unknown member where the deserialiser had entered it.
fn unknown_pointer(place: &str, name: &str) -> String {
    let name: String = name.chars().take(64).collect();
    let member = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    if place.ends_with(&member) { place.to_owned() } else { format!("{place}{member}") }
}

/// The name in the message of a deserialiser, which speaks of names only, never of values.
pub(super) fn quoted_after<'a>(message: &'a str, start: &str) -> Option<&'a str> {
    let rest = message.strip_prefix(start)?;
    let ends = ["`, expected ", "`, there are no fields", "`"];
    ends.iter().find_map(|end| rest.rsplit_once(end)).map(|(name, _)| name)
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |pointer, segment| match segment {
        Segment::Seq { index } => format!("{pointer}/{index}"),
        Segment::Map { key } => format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { .. } | Segment::Unknown => pointer,
    })
}

#[cfg(test)]
mod tests;
