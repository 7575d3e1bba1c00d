//! The refusals of every operation: those of its own, and those that follow from its form.

use crate::http::code::Code;
use crate::http::problem::MEDIA_TYPE;
use crate::http::routes::PROBLEMS;
use serde_json::{Map, Value, json};

/// What every upload can be refused for.
const UPLOADS: &[Code] = &[
    Code::FileTooLarge,
    Code::FileTypeNotAllowed,
    Code::FileTypeMismatch,
    Code::ActiveContent,
    Code::EncryptedFile,
    Code::ImageTooLarge,
    Code::ArchiveRejected,
    Code::TooManyFiles,
    Code::QuotaExceeded,
];

/// Adds them all.
pub(super) fn add(id: &str, path: &str, operation: &mut Map<String, Value>, needs_token: bool) {
    for code in codes_of(id, path, operation, needs_token) {
        refuse(operation, code);
    }
}

fn codes_of(id: &str, path: &str, operation: &Map<String, Value>, needs_token: bool) -> Vec<Code> {
    let mut codes: Vec<Code> = vec![Code::InternalError, Code::DependencyUnavailable];
    if matches!(id, "read_health" | "read_metrics" | "read_document" | "read_docs" | "read_docs_style") {
        codes = vec![Code::InternalError];
    }
    // Of a parameter that the query may not have.
    codes.push(Code::ValidationFailed);
    if needs_token {
        codes.extend([Code::Unauthenticated, Code::InvalidToken, Code::SessionExpired, Code::Forbidden]);
        codes.extend([Code::TenantMismatch, Code::RateLimited, Code::MfaRequired]);
    }
    if asks_where_from(path, needs_token) {
        codes.push(Code::AddressNotAllowed);
    }
    if path.contains("{id}") {
        codes.extend([Code::InvalidId, Code::NotFound]);
    }
    let sends = operation.contains_key("requestBody");
    let uploads = operation
        .get("requestBody")
        .is_some_and(|body| body.pointer("/content/multipart~1form-data").is_some());
    if sends {
        codes.extend(if uploads { UPLOADS } else { &[Code::PayloadTooLarge] });
        codes.extend([Code::UnsupportedMediaType, Code::UnknownField]);
        codes.extend([Code::MalformedRequest, Code::RequestTimeout]);
    }
    let has = |name: &str| operation.get("parameters").is_some_and(|list| list.to_string().contains(name));
    if has("Idempotency-Key") {
        codes.extend([Code::MalformedRequest, Code::IdempotencyInProgress, Code::IdempotencyKeyReused]);
    }
    codes.extend(PROBLEMS.iter().filter(|(operation, _)| *operation == id).flat_map(|(_, own)| own.iter()));
    codes.sort();
    codes.dedup();
    codes
}

/// Where the staff come from is asked wherever a session of theirs is at work, and before a ticket is looked at.
fn asks_where_from(path: &str, needs_token: bool) -> bool {
    let is_staffs = !path.starts_with("/api/patient-portal/");
    let takes_a_ticket =
        ["/api/auth/second-factor", "/api/auth/enrolment/"].iter().any(|door| path.starts_with(door));
    is_staffs && (needs_token || takes_a_ticket)
}

/// Adds a refusal under its status, with an example that shows its code.
fn refuse(operation: &mut Map<String, Value>, code: Code) {
    let Some(responses) = operation.entry("responses").or_insert_with(|| json!({})).as_object_mut() else {
        return;
    };
    let answer = responses.entry(code.status().as_str()).or_insert_with(|| bare(code));
    let shown =
        answer.pointer_mut("/content/application~1problem+json/examples").and_then(Value::as_object_mut);
    if let Some(shown) = shown {
        let example = json!({ "$ref": format!("#/components/examples/{}", code.name()) });
        shown.insert(code.name().to_owned(), example);
    }
}

/// The answer of a status, without examples yet.
fn bare(code: Code) -> Value {
    let mut answer = json!({
        "description": code.title(),
        "content": { MEDIA_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" }, "examples": {} } },
    });
    if let (Code::RateLimited | Code::QuotaExceeded | Code::DependencyUnavailable, Some(answer)) =
        (code, answer.as_object_mut())
    {
        let seconds = json!({ "description": "Seconds to wait.", "schema": { "type": "integer" } });
        answer.insert("headers".to_owned(), json!({ "Retry-After": seconds }));
    }
    answer
}

/// One example for each code; operations refer to them.
pub(super) fn examples() -> Value {
    let examples = Code::ALL.iter().map(|code| {
        let problem = json!({
            "type": code.type_uri(), "title": code.title(), "status": code.status().as_u16(), "code": code.name(),
            "detail": code.detail(), "requestId": "01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f",
        });
        (code.name().to_owned(), json!({ "value": problem }))
    });
    examples.collect::<Map<_, _>>().into()
}
