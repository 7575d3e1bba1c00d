//! The API's description is the committed one, is whole, and is of the routes that there are.

use crate::support::{filled, unused_id};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use threadwell_server::http::openapi;
use threadwell_testkit::TestApp;

const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/openapi.json");
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "DELETE", "PATCH"];

#[test]
fn the_committed_snapshot_is_what_is_served() {
    let app = TestApp::start();
    let served = app.request("GET", "/api/openapi.json").send();
    assert_eq!(served.header("content-type"), Some("application/json"));
    let committed = std::fs::read_to_string(SNAPSHOT).unwrap();
    assert!(
        served.text() == committed,
        "web/openapi.json is out of date: write it anew with `cargo run -p threadwell-server -- openapi`"
    );
}

/// The methods of an address: its own, and those of addresses of which it is an example, with a word for an id.
fn taken_at(path: &str, documented: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let parts: Vec<&str> = path.split('/').collect();
    let covers = |pattern: &str| {
        let pattern: Vec<&str> = pattern.split('/').collect();
        let same = |(one, other): (&&str, &&str)| one == other || one.starts_with('{');
        pattern.len() == parts.len() && pattern.iter().zip(&parts).all(same)
    };
    documented.iter().filter(|(pattern, _)| covers(pattern)).flat_map(|(_, own)| own.clone()).collect()
}

#[test]
fn the_document_and_the_routes_are_the_same_set() {
    let app = TestApp::start();
    let mut documented: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for endpoint in openapi::endpoints() {
        documented.entry(endpoint.path).or_default().insert(endpoint.method);
    }
    let mut checked = 0;
    for path in documented.keys() {
        let methods = taken_at(path, &documented);
        let address = filled(path, &unused_id());
        for method in METHODS {
            let answer = app.request(method, &address).send();
            let is_refused = answer.status == 405;
            assert_eq!(!is_refused, methods.contains(method), "{method} {path}: {}", answer.status);
            if is_refused {
                answer.refused(405, "method_not_allowed");
                let allow = answer.header("allow").unwrap_or_default();
                assert!(methods.iter().all(|method| allow.contains(method.as_str())), "{path}: {allow}");
            }
            checked += 1;
        }
    }
    assert!(checked > 150, "{checked}");
}

#[test]
fn every_operation_says_all_that_a_client_needs() {
    let document: Value = serde_json::from_str(openapi::text()).unwrap();
    assert_eq!(document["openapi"].as_str().map(|version| version.starts_with("3.1")), Some(true));
    let mut names = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "{name} is there twice");
            let place = format!("{method} {path}");
            assert!(operation["summary"].is_string() || operation["description"].is_string(), "{place}");
            assert!(operation["security"].is_array() && operation["tags"].is_array(), "{place}");
            if let Some(body) = operation.get("requestBody") {
                let content = &body["content"];
                let is_form = content["multipart/form-data"]["schema"].is_object();
                assert!(is_form || !content["application/json"]["example"].is_null(), "{place}");
            }
            for (status, answer) in operation["responses"].as_object().unwrap() {
                assert!(answer["description"].is_string(), "{place} {status}");
                if let Some(refusal) = answer["content"].get("application/problem+json") {
                    assert!(!refusal["examples"].as_object().unwrap().is_empty(), "{place} {status}");
                }
            }
        }
    }
    assert_eq!(names.len(), openapi::endpoints().len());
}

#[test]
fn a_success_has_a_described_body_or_says_that_it_has_none() {
    let document: Value = serde_json::from_str(openapi::text()).unwrap();
    let (mut described, mut empty) = (0, 0);
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            for (status, answer) in operation["responses"].as_object().unwrap() {
                let has_body = answer["content"].is_object();
                match status.as_str() {
                    "204" => assert!(!has_body, "{method} {path}"),
                    "200" | "201" | "206" => assert!(has_body, "{method} {path} {status}"),
                    "202" if has_body => described += 1,
                    "202" => {
                        empty += 1;
                        let text = answer["description"].as_str().unwrap();
                        assert!(text.ends_with("No body."), "{method} {path}: {text}");
                    }
                    _ => {}
                }
            }
        }
    }
    assert_eq!((described, empty), (1, 3));
}

#[test]
fn every_reference_of_the_document_leads_somewhere() {
    let document: Value = serde_json::from_str(openapi::text()).unwrap();
    let mut open = vec![&document];
    let mut followed = 0;
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if let Some(target) = members.get("$ref").and_then(Value::as_str) {
                    assert!(document.pointer(target.trim_start_matches('#')).is_some(), "{target}");
                    followed += 1;
                }
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    assert!(followed > 100, "{followed}");
}
