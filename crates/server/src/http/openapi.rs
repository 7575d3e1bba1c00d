//! The API's document: what the endpoints say of themselves, completed by what holds for all of them.

use super::code::Code;
use super::routes::{Operations, PROBLEMS};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;
use utoipa::OpenApi;

mod examples;
mod shapes;

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = serde_json::to_string_pretty(&document()).unwrap_or_default();
    text.push('\n');
    text
});

const METHODS: [&str; 4] = ["get", "post", "put", "delete"];

/// The document as text, as it is served and kept in the repository.
#[must_use]
pub fn text() -> &'static str {
    &TEXT
}

/// An endpoint as the document names it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Endpoint {
    /// In capital letters.
    pub method: String,
    /// With `{parameters}`.
    pub path: String,
}

/// Every endpoint that the document names.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    let document = serde_json::to_value(Operations::openapi()).unwrap_or_default();
    let paths = document.get("paths").and_then(Value::as_object);
    let mut endpoints: Vec<_> = paths
        .into_iter()
        .flatten()
        .flat_map(|(path, item)| {
            METHODS
                .iter()
                .filter(|method| item.get(**method).is_some())
                .map(|method| Endpoint { method: method.to_uppercase(), path: path.clone() })
        })
        .collect();
    endpoints.sort();
    endpoints
}

fn document() -> Value {
    let mut document = serde_json::to_value(Operations::openapi()).unwrap_or_default();
    introduce(&mut document);
    shapes::tidy(&mut document);
    let schemas = document.pointer("/components/schemas").cloned().unwrap_or_default();
    for (path, method, operation) in operations(&mut document) {
        shapes::omissible_body(operation);
        complete(&path, &method, operation);
        examples::add(operation, &schemas);
    }
    document
}

fn operations(document: &mut Value) -> Vec<(String, String, &mut Map<String, Value>)> {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let items = paths.into_iter().flatten();
    items
        .filter_map(|(path, item)| Some((path, item.as_object_mut()?)))
        .flat_map(|(path, item)| item.iter_mut().map(move |(method, operation)| (path, method, operation)))
        .filter(|(_, method, _)| METHODS.contains(&method.as_str()))
        .filter_map(|(path, method, operation)| Some((path.clone(), method.clone(), operation.as_object_mut()?)))
        .collect()
}

fn introduce(document: &mut Value) {
    document["info"] = json!({
        "title": "Threadwell",
        "version": env!("CARGO_PKG_VERSION"),
        "summary": "Secure messaging between patients and their care team.",
        "description": "JSON, camelCase, times in UTC with milliseconds, ids as UUIDs. Refusals are problem documents \
            (RFC 9457): switch on `code`, which never changes its meaning. Every answer carries X-Request-Id. Staff \
            and patients have separate sign-ins, tokens and shapes.",
        "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
    });
    document["servers"] = json!([{ "url": "/" }]);
    document["components"]["securitySchemes"] = json!({
        "staffToken": bearer("An access token of POST /api/auth/login."),
        "portalToken": bearer("An access token of POST /api/patient-portal/auth/login."),
        "staffCookie": cookie("__Host-tw_staff"),
        "portalCookie": cookie("__Host-tw_portal"),
    });
    document["components"]["examples"] = problem_examples();
    document["tags"] = json!([
        { "name": "Staff: session", "description": "Signing in, staying signed in, leaving." },
        { "name": "Staff: threads", "description": "The inbox and its conversations." },
        { "name": "Staff: canned responses", "description": "Prepared answers." },
        { "name": "Staff: automatic replies", "description": "What patients get at once when they start a conversation." },
        { "name": "Staff: people", "description": "Colleagues, teams, patients." },
        { "name": "Portal: session", "description": "Signing in, staying signed in, leaving, acting for somebody." },
        { "name": "Portal: conversations", "description": "A patient's conversations with the care team." },
        { "name": "Practices", "description": "What everybody may know of a practice." },
        { "name": "Operation", "description": "Health, figures, and this document." },
    ]);
}

fn bearer(description: &str) -> Value {
    json!({ "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": description })
}

fn cookie(name: &str) -> Value {
    json!({
        "type": "apiKey", "in": "cookie", "name": name,
        "description": "The refresh token of a browser; read by refresh and logout alone, from our own pages.",
    })
}

/// Adds what follows from an operation's form: parameters of addresses and headers, and every refusal.
fn complete(path: &str, method: &str, operation: &mut Map<String, Value>) {
    let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default().to_owned();
    let schemes: Vec<String> = operation
        .get("security")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .flat_map(|scheme| scheme.keys().cloned())
        .collect();
    let takes_token = schemes.iter().any(|scheme| scheme.ends_with("Token"));
    let needs_token = takes_token && !schemes.iter().any(|scheme| scheme.ends_with("Cookie"));
    if needs_token {
        parameter(operation, tenant_assertion("If given, it must name the practice of the session."));
        if method == "get" {
            parameter(operation, activity());
        }
    } else if id.ends_with("login") {
        parameter(operation, tenant_assertion("The practice to sign in to; needed where there are several."));
    }
    if path.contains("{id}") {
        parameter(operation, path_id());
    }
    let codes = refusals(&id, path, operation, needs_token);
    for code in codes {
        refuse(operation, code);
    }
}

fn parameter(operation: &mut Map<String, Value>, parameter: Value) {
    if let Some(list) = operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut() {
        list.push(parameter);
    }
}

fn tenant_assertion(description: &str) -> Value {
    json!({
        "name": "X-Tenant-ID", "in": "header", "required": false, "example": "riverside",
        "description": format!("A practice's code or id. {description}"), "schema": { "type": "string" },
    })
}

fn activity() -> Value {
    json!({
        "name": "X-Threadwell-Activity", "in": "header", "required": false, "example": "user",
        "description": "`user` says that a person asked for this, so that the session does not run out. Polling leaves it away.",
        "schema": { "type": "string", "enum": ["user"] },
    })
}

fn path_id() -> Value {
    json!({ "name": "id", "in": "path", "required": true, "schema": { "$ref": "#/components/schemas/Id" } })
}

fn refusals(id: &str, path: &str, operation: &Map<String, Value>, needs_token: bool) -> Vec<Code> {
    let mut codes: Vec<Code> = vec![Code::InternalError, Code::DependencyUnavailable];
    if matches!(id, "read_health" | "read_metrics" | "read_document" | "read_docs" | "read_docs_style") {
        codes = vec![Code::InternalError];
    }
    if needs_token {
        codes.extend([Code::Unauthenticated, Code::InvalidToken, Code::SessionExpired, Code::Forbidden]);
        codes.extend([Code::TenantMismatch, Code::RateLimited]);
    }
    if path.contains("{id}") {
        codes.extend([Code::InvalidId, Code::NotFound]);
    }
    let sends = operation.contains_key("requestBody");
    let takes_query = operation.get("parameters").is_some();
    if sends {
        codes.extend([Code::PayloadTooLarge, Code::UnsupportedMediaType, Code::UnknownField]);
        codes.push(Code::MalformedRequest);
    }
    if sends || takes_query {
        codes.push(Code::ValidationFailed);
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

/// Adds a refusal under its status, with an example that shows its code.
fn refuse(operation: &mut Map<String, Value>, code: Code) {
    let Some(responses) = operation.entry("responses").or_insert_with(|| json!({})).as_object_mut() else { return };
    let answer = responses.entry(code.status().as_str()).or_insert_with(|| {
        let mut answer = json!({
            "description": code.title(),
            "content": { super::problem::MEDIA_TYPE: {
                "schema": { "$ref": "#/components/schemas/Problem" }, "examples": {},
            } },
        });
        if matches!(code, Code::RateLimited | Code::DependencyUnavailable) {
            answer["headers"] = json!({ "Retry-After": {
                "description": "Seconds to wait.", "schema": { "type": "integer" },
            } });
        }
        answer
    });
    let example = json!({ "$ref": format!("#/components/examples/{}", code.name()) });
    answer["content"][super::problem::MEDIA_TYPE]["examples"][code.name()] = example;
}

/// One example for each code; operations refer to them.
fn problem_examples() -> Value {
    let examples = Code::ALL.iter().map(|code| {
        let problem = json!({
            "type": code.type_uri(), "title": code.title(), "status": code.status().as_u16(), "code": code.name(),
            "detail": code.detail(), "requestId": "01985f3e-8a4b-7c2d-9e1f-3a5b7c9d1e2f",
        });
        (code.name().to_owned(), json!({ "value": problem }))
    });
    examples.collect::<Map<_, _>>().into()
}
