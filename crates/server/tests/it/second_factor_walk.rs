//! Every operation of the document, by who has not proved a second factor where the practice demands one, and by a
//! ticket in the place of a token.

use crate::support::{checksum, filled, unused_id};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_server::http::openapi;
use threadwell_testkit::TestApp;

/// Method, path with an id, body, and who may call: of every operation that takes a token.
fn operations() -> Vec<(String, String, Option<Value>, String)> {
    let document: Value = serde_json::from_str(openapi::text()).unwrap();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let security = operation["security"].to_string();
            if !security.contains("Token") || security.contains("Cookie") {
                continue;
            }
            let name = operation["operationId"].as_str().unwrap();
            let example = operation["requestBody"]["content"]["application/json"]["example"].clone();
            let path = filled(path, &unused_id());
            let path = match name {
                "search_patients" => format!("{path}?search=silva"),
                "search_messages" | "search_conversations" | "portal_search_messages" => {
                    format!("{path}?q=silva")
                }
                _ => path,
            };
            let body = match name {
                // The example names an assignee and a team, of which one alone can be.
                "update_thread" => Some(json!({ "priority": "urgent" })),
                _ => (!example.is_null()).then_some(example),
            };
            all.push((method.to_uppercase(), path, body, security));
        }
    }
    all
}

#[test]
fn b09_a_session_without_a_factor_gets_nowhere_where_the_practice_demands_one() {
    let app = TestApp::start();
    let people: Vec<_> = Role::ALL.iter().map(|role| app.staff(*role)).collect();
    app.riverside().demand_second_factor(true);
    let before = checksum(&app);
    let mut walked = 0;
    for (method, path, body, security) in operations() {
        if !security.contains("staffToken") || path.ends_with("/attachments") {
            continue;
        }
        for person in &people {
            let request = person.request(&method, &path);
            let answer = body.as_ref().map_or(request.clone(), |body| request.json(body)).send();
            assert_eq!(
                (answer.status, answer.code().as_str()),
                (401, "mfa_required"),
                "{method} {path}: {}",
                answer.text()
            );
        }
        walked += 1;
    }
    assert!(walked >= 60, "{walked}");
    assert_eq!(checksum(&app), before);
    for person in &people {
        let body = json!({ "refreshToken": person.refresh_token });
        let refreshed = app.request("POST", "/api/auth/refresh").json(&body).send().expect(200);
        let fresh = person.with_token(refreshed["accessToken"].as_str().unwrap());
        fresh.get("/api/auth/me").refused(401, "mfa_required");
        fresh.post_empty("/api/auth/logout").expect(204);
    }
}

#[test]
fn an_upload_waits_for_the_factor_too() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    app.riverside().demand_second_factor(true);
    let document = crate::support::DOCUMENT.clone();
    let upload = threadwell_testkit::Upload {
        name: "arm.pdf",
        media_type: "application/pdf",
        content: &document,
        message: None,
    };
    nurse.upload("/api/patient-messages/attachments", &upload).refused(401, "mfa_required");
    app.hillside().staff(Role::Nurse).get("/api/auth/me").expect(200);
    app.patient("Ana Silva").get("/api/patient-portal/auth/me").expect(200);
}

#[test]
fn a_ticket_is_no_token_anywhere() {
    let app = TestApp::start();
    for person in [app.staff(Role::Admin), app.patient("Ana Silva")] {
        person.enrol_app(&app);
        let due = app.riverside().give_password(person.door(), &person.email).expect(200);
        let ticket = due["mfaToken"].as_str().unwrap().to_owned();
        let before = checksum(&app);
        for (method, path, body, _) in operations() {
            let request = app.request(&method, &path).bearer(&ticket);
            let answer = body.as_ref().map_or(request.clone(), |body| request.json(body)).send();
            assert_eq!((answer.status, answer.code().as_str()), (401, "mfa_required"), "{method} {path}");
        }
        assert_eq!(checksum(&app), before);
    }
}
