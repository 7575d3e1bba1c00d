//! Problem documents (RFC 9457).

use super::code::Code;
use super::error::{ApiError, problem_name};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use serde::Serialize;
use serde_json::Value;
use threadwell_application::access::Audience;
use utoipa::ToSchema;
use uuid::Uuid;

/// The media type of problems.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// A field that was refused.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProblemField {
    /// A JSON pointer into the body, or the name of a query parameter.
    #[schema(example = "/messageText")]
    pointer: String,
    /// What is wrong with it; never the value.
    #[schema(example = "too_long")]
    code: &'static str,
}

/// Why a request was refused.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Problem {
    /// Where the code is explained.
    #[schema(example = "/api/docs#not_found")]
    r#type: String,
    /// The status in words.
    #[schema(example = "Not Found")]
    title: &'static str,
    #[schema(example = 404)]
    status: u16,
    /// What clients switch on.
    #[schema(example = "not_found")]
    code: &'static str,
    /// What happened, for people.
    #[schema(example = "There is nothing here.")]
    detail: &'static str,
    /// Names the request in logs and audit.
    #[schema(value_type = super::wire::Id)]
    request_id: Uuid,
    /// The fields that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<ProblemField>,
    /// With `stale_reply`: the messages that came in between, in the shape of the caller's side.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Missed>>, nullable = false)]
    missed: Option<Vec<Value>>,
}

/// A message that came in between, as the caller's side sees it.
#[derive(ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "names the two shapes in the API's document")]
pub(crate) enum Missed {
    /// For staff.
    Staff(super::wire::StaffMessage),
    /// For patients.
    Portal(super::wire::PortalMessage),
}

/// The answer to a refused request.
pub(crate) fn answer(error: &ApiError, request_id: Uuid, audience: Audience) -> HttpResponse {
    let code = error.code();
    let fields = error.fields().iter();
    let errors = fields.map(|f| ProblemField { pointer: f.pointer.clone(), code: problem_name(f.problem) });
    let problem =
        Problem { errors: errors.collect(), missed: error.missed(audience), ..plain(code, request_id) };
    let mut response = render(code, &problem);
    if let Some(seconds) = error.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let ApiError::Range(size) = error
        && let Ok(value) = HeaderValue::from_str(&format!("bytes */{size}"))
    {
        response.headers_mut().insert(header::CONTENT_RANGE, value);
    }
    if let ApiError::Method(allowed) = error
        && let Ok(value) = HeaderValue::from_str(&allowed.join(", "))
    {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}

/// The answer to a request that the framework itself refused with a status.
pub(crate) fn answer_to_status(status: StatusCode, request_id: Uuid) -> HttpResponse {
    let code = Code::ALL.iter().copied().find(|code| code.status() == status);
    let code =
        code.unwrap_or(if status.is_server_error() { Code::InternalError } else { Code::MalformedRequest });
    render(code, &plain(code, request_id))
}

fn plain(code: Code, request_id: Uuid) -> Problem {
    Problem {
        r#type: code.type_uri(),
        title: code.title(),
        status: code.status().as_u16(),
        code: code.name(),
        detail: code.detail(),
        request_id,
        errors: Vec::new(),
        missed: None,
    }
}

fn render(code: Code, problem: &Problem) -> HttpResponse {
    let body = serde_json::to_vec(problem).unwrap_or_default();
    let mut response = HttpResponse::build(code.status());
    response.insert_header((header::CONTENT_TYPE, MEDIA_TYPE));
    if code.status() == StatusCode::REQUEST_TIMEOUT || code == Code::FileTooLarge {
        // Whatever still trickles in must not be taken for the next request.
        response.force_close();
    }
    if code.status() == StatusCode::UNAUTHORIZED {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    response.body(body)
}
