//! The form of every body: what the document calls an object has names, at every depth.

use crate::support::{checksum, start};
use crate::walks::{Operation, operations};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_server::http::openapi;
use threadwell_testkit::TestApp;

/// Where a schema has objects, as pointers; lists are entered at their first item.
fn objects(document: &Value, schema: &Value, place: &str) -> Vec<String> {
    if let Some(target) = schema["$ref"].as_str() {
        return objects(document, document.pointer(target.trim_start_matches('#')).unwrap(), place);
    }
    let choices = schema["oneOf"].as_array().into_iter().flatten();
    let mut places: Vec<_> = choices.flat_map(|choice| objects(document, choice, place)).collect();
    if schema["items"].is_object() {
        places.extend(objects(document, &schema["items"], &format!("{place}/0")));
    }
    let is_object = schema["type"] == "object" || schema["type"][0] == "object";
    if is_object {
        places.push(place.to_owned());
    }
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        places.extend(objects(document, member, &format!("{place}/{name}")));
    }
    places
}

/// The example of an operation with the values of one of its objects in a list, in the order of their names.
fn with_a_list(operation: &Operation, place: &str) -> Value {
    let mut body = operation.body.clone().unwrap();
    let (parent, name) = place.rsplit_once('/').unwrap_or_default();
    let object = body.pointer(place).and_then(Value::as_object).cloned().unwrap_or_default();
    let list = Value::Array(object.into_iter().map(|(_, value)| value).collect());
    if place.is_empty() {
        return list;
    }
    match body.pointer_mut(parent).unwrap() {
        Value::Array(items) => items[0] = list,
        parent => parent[name] = list,
    }
    body
}

/// The texts and lists of a schema with how long they may be, by their places. What is one of a few words has no need of
/// a limit, nor what is open because another standard says what it is.
fn limits(document: &Value, schema: &Value, place: &str) -> Vec<(String, Option<u64>)> {
    if let Some(target) = schema["$ref"].as_str() {
        return limits(document, document.pointer(target.trim_start_matches('#')).unwrap(), place);
    }
    let choices = schema["oneOf"].as_array().into_iter().flatten();
    let mut found: Vec<_> = choices.flat_map(|choice| limits(document, choice, place)).collect();
    let is = |kind: &str| schema["type"] == kind || schema["type"][0] == kind;
    if is("string") && schema["enum"].is_null() {
        found.push((place.to_owned(), schema["maxLength"].as_u64()));
    }
    if is("array") {
        found.push((place.to_owned(), schema["maxItems"].as_u64()));
        found.extend(limits(document, &schema["items"], &format!("{place}/0")));
    }
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        found.extend(limits(document, member, &format!("{place}/{name}")));
    }
    found
}

/// The example of an operation with more at a place than may be there.
fn with_too_much(operation: &Operation, place: &str, most: usize) -> Value {
    let mut body = operation.body.clone().unwrap();
    let (parent, name) = place.rsplit_once('/').unwrap();
    let too_much = match body.pointer(place) {
        Some(Value::Array(items)) => Value::Array(vec![items.first().cloned().unwrap_or_default(); most + 1]),
        _ => Value::String("7".repeat(most + 1)),
    };
    match body.pointer_mut(parent).unwrap() {
        Value::Array(items) => *items = vec![too_much],
        parent => parent[name] = too_much,
    }
    body
}

#[test]
fn every_text_and_list_of_a_body_has_a_limit_that_holds() {
    let app = TestApp::start();
    let document: Value = serde_json::from_str(openapi::text()).unwrap();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Mine");
    let before = checksum(&app);
    let mut wrong = Vec::new();
    let mut held = 0;
    for operation in operations().iter().filter(|operation| operation.writes_json()) {
        let person = if operation.is_for("portal") { &ana } else { &admin };
        for (place, most) in limits(&document, operation.schema(), "") {
            let Some(most) = most else {
                wrong.push(format!("{} {place} has no limit", operation.name));
                continue;
            };
            let body = with_too_much(operation, &place, usize::try_from(most).unwrap());
            let answer = operation.bare(person, &thread).json(&body).send();
            let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
            // Some refusals name the item of a list as a whole.
            let is_about = |pointer: &str| {
                pointer.starts_with(&place) || !pointer.is_empty() && place.starts_with(pointer)
            };
            let is_named = errors.iter().any(|error| error["pointer"].as_str().is_some_and(is_about));
            if is_named && answer.status == 422 || answer.code() == "payload_too_large" {
                held += 1;
            } else {
                wrong.push(format!("{} {place} {most}: {}", operation.name, answer.text()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(held > 150, "{held}");
    assert_eq!(checksum(&app), before);
}

#[test]
fn no_object_of_a_body_can_be_sent_as_a_list() {
    let app = TestApp::start();
    let document: Value = serde_json::from_str(openapi::text()).unwrap();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Mine");
    let before = checksum(&app);
    let (mut outer, mut inner) = (0, 0);
    for operation in operations().iter().filter(|operation| operation.writes_json()) {
        let person = if operation.is_for("portal") { &ana } else { &admin };
        for place in objects(&document, operation.schema(), "") {
            let answer = operation.bare(person, &thread).json(&with_a_list(operation, &place)).send();
            let problem = answer.refused(422, "validation_failed");
            assert_eq!(problem["errors"][0]["pointer"], json!(place), "{}", operation.name);
            *(if place.is_empty() { &mut outer } else { &mut inner }) += 1;
        }
    }
    assert!(outer > 60 && inner > 10, "{outer} {inner}");
    assert_eq!(checksum(&app), before);
}
