//! The API's document: what the endpoints say of themselves, completed by what holds for all of them.

use super::routes::Operations;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;
use utoipa::OpenApi;

mod examples;
mod refusals;
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
    /// The names that its query may have.
    pub parameters: Vec<String>,
    /// Whether it answers nobody without an access token.
    pub needs_token: bool,
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
            METHODS.iter().filter_map(|method| Some((method.to_uppercase(), item.get(*method)?))).map(
                |(method, operation)| Endpoint {
                    method,
                    path: path.clone(),
                    parameters: asked(operation),
                    needs_token: needs_token(&schemes(operation)),
                },
            )
        })
        .collect();
    endpoints.sort();
    endpoints
}

fn asked(operation: &Value) -> Vec<String> {
    let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let of_query = parameters.filter(|parameter| parameter.get("in").is_some_and(|place| place == "query"));
    of_query.filter_map(|parameter| Some(parameter.get("name")?.as_str()?.to_owned())).collect()
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
        .filter_map(|(path, method, operation)| {
            Some((path.clone(), method.clone(), operation.as_object_mut()?))
        })
        .collect()
}

fn introduce(document: &mut Value) {
    put(
        document,
        "",
        "info",
        json!({
            "title": "Threadwell",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Secure messaging between patients and their care team.",
            "description": "JSON, camelCase, times in UTC with milliseconds, ids as UUIDs. Refusals are problem documents \
                (RFC 9457): switch on `code`, which never changes its meaning. Every answer carries X-Request-Id. Staff \
                and patients have separate sign-ins, tokens and shapes.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        }),
    );
    put(document, "", "servers", json!([{ "url": "/" }]));
    put(
        document,
        "/components",
        "securitySchemes",
        json!({
            "staffToken": bearer("An access token of POST /api/auth/login."),
            "portalToken": bearer("An access token of POST /api/patient-portal/auth/login."),
            "staffCookie": cookie("__Host-tw_staff"),
            "portalCookie": cookie("__Host-tw_portal"),
        }),
    );
    put(document, "/components", "examples", refusals::examples());
    put(
        document,
        "",
        "tags",
        json!([
            { "name": "Staff: session", "description": "Signing in, staying signed in, leaving." },
            { "name": "Staff: account", "description": "One's password, sessions and preferences; invitations." },
            { "name": "Staff: threads", "description": "The inbox and its conversations." },
            { "name": "Staff: search", "description": "Finding messages and notes by their texts." },
            { "name": "Staff: files", "description": "Uploads, and the files of threads." },
            { "name": "Staff: views", "description": "Ways to look at the inbox that people keep and share." },
            { "name": "Staff: notifications", "description": "Mentions, and threads that a colleague gave one." },
            { "name": "Staff: canned responses", "description": "Prepared answers." },
            { "name": "Staff: automatic replies", "description": "What patients get at once when they start a conversation." },
            { "name": "Staff: people", "description": "Colleagues, teams, patients." },
            { "name": "Administration: users", "description": "Who is on the staff, and what roles see." },
            { "name": "Administration: patients", "description": "Records, invitations, grants, accounts." },
            { "name": "Administration: practice", "description": "What the practice decides, and who looked past the limits of a role." },
            { "name": "Portal: session", "description": "Signing in, staying signed in, leaving, acting for somebody." },
            { "name": "Portal: account", "description": "One's password, e-mail, sessions and preferences; invitations and activation." },
            { "name": "Portal: conversations", "description": "A patient's conversations with the care team." },
            { "name": "Portal: files", "description": "Uploads, and the files of a patient's conversations." },
            { "name": "Portal: proxies", "description": "Who acts for whom." },
            { "name": "Practices", "description": "What everybody may know of a practice." },
            { "name": "Operation", "description": "Health, figures, and this document." },
        ]),
    );
}

/// Sets a member of an object inside the document.
fn put(document: &mut Value, pointer: &str, name: &str, value: Value) {
    if let Some(object) = document.pointer_mut(pointer).and_then(Value::as_object_mut) {
        object.insert(name.to_owned(), value);
    }
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
    let needs_token = needs_token(&schemes(&Value::Object(operation.clone())));
    if needs_token {
        parameter(operation, tenant_assertion("If given, it must name the practice of the session."));
        if method == "get" {
            parameter(operation, activity());
        }
    } else if id.ends_with("login") || id.ends_with("request_reset") || id == "request_activation" {
        parameter(operation, tenant_assertion("The practice that is meant; needed where there are several."));
    }
    if operation.get("responses").is_some_and(|answers| answers.get("206").is_some()) {
        parameter(operation, range());
    }
    if path.contains("{id}") {
        parameter(operation, path_id());
    }
    refusals::add(&id, path, operation, needs_token);
}

/// How callers of an operation are known.
fn schemes(operation: &Value) -> Vec<String> {
    let all = operation.get("security").and_then(Value::as_array).into_iter().flatten();
    all.filter_map(Value::as_object).flat_map(|scheme| scheme.keys().cloned()).collect()
}

fn needs_token(schemes: &[String]) -> bool {
    let takes_token = schemes.iter().any(|scheme| scheme.ends_with("Token"));
    takes_token && !schemes.iter().any(|scheme| scheme.ends_with("Cookie"))
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

fn range() -> Value {
    json!({
        "name": "Range", "in": "header", "required": false, "example": "bytes=0-1023",
        "description": "One part of the file.", "schema": { "type": "string" },
    })
}

fn path_id() -> Value {
    json!({ "name": "id", "in": "path", "required": true, "schema": { "$ref": "#/components/schemas/Id" } })
}
