//! Requests that no decent client sends, and what every answer carries.

use crate::support::{PORTAL, STAFF, start};
use crate::walks::operations;
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, TestApp, raw_exchange};

#[test]
fn h08_odd_addresses_and_methods_lead_nowhere() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    for (method, path) in [
        ("GET", "//x"),
        ("GET", "/api//patient-messages/threads"),
        ("GET", "/%2e%2e/etc/passwd"),
        ("GET", "/api/../admin"),
        ("GET", "/api/patient-messages/threads;jsessionid=1"),
        ("GET", "/api/patient-messages/threads%00"),
        ("GET", "/assets/../../../etc/passwd"),
        ("GET", "/assets/%2e%2e/%2e%2e/index.html"),
        ("GET", "/.env"),
        ("GET", "/api/nothing"),
        ("GET", "/portal/assets/x.js"),
        ("TRACE", "/api/patient-messages/threads"),
        ("CONNECT", "/api/patient-messages/threads"),
        ("FOO", "/api/patient-messages/threads"),
        ("PROPFIND", "/"),
        ("OPTIONS", "/api/patient-messages/threads"),
        ("GET", "/api/patient-messages/threads/close"),
    ] {
        let answer = nurse.request(method, path).send();
        // An address that a page of the app could have gets the app, which knows no such page.
        let is_app = answer.status == 200 && answer.text() == "<!doctype html><title>staff</title>";
        let is_refused = [400, 404, 405, 414, 422, 501].contains(&answer.status);
        assert!(is_app || is_refused, "{method} {path}: {} {}", answer.status, answer.text());
        assert!(
            !answer.text().contains("root:") && !answer.text().contains("threads\":["),
            "{method} {path}"
        );
    }
    nurse.request("GET", "/api/patient-messages/threads?limit=1").send().expect(200);
}

#[test]
fn h08_a_request_that_is_too_large_or_broken_is_refused_or_cut() {
    let app = TestApp::start();
    let many = (0..200).map(|number| format!("X-Header-{number}: x\r\n")).collect::<String>();
    let large = format!("X-Large: {}\r\n", "x".repeat(200_000));
    let long = "x".repeat(200_000);
    for request in [
        format!("GET /api/health HTTP/1.1\r\nHost: x\r\n{many}Connection: close\r\n\r\n"),
        format!("GET /api/health HTTP/1.1\r\nHost: x\r\n{large}Connection: close\r\n\r\n"),
        format!("GET /{long} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
        "GET /api/health\0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(),
        "GET /api/health HTTP/9.9\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(),
        "nonsense\r\n\r\n".to_owned(),
        "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".to_owned(),
        "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n".to_owned(),
    ] {
        if let Some(answer) = raw_exchange(app.address(), request.as_bytes()) {
            let refused = [400, 401, 404, 405, 413, 414, 415, 431, 505].contains(&answer.status);
            assert!(refused || request.contains("X-Header-"), "{}: {:.40}", answer.status, request);
        }
    }
    let elsewhere =
        "GET http://evil.example/api/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    let answer = raw_exchange(app.address(), elsewhere.as_bytes()).unwrap();
    assert!(answer.header("location").is_none() && !answer.text().contains("evil"));
    app.request("GET", "/api/health").send().expect(200);
}

#[test]
fn h09_a_body_is_plain_json_or_nothing() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let path = format!("{PORTAL}/threads/{}/messages", start(&ana, "general", "Question"));
    let body = r#"{"messageText":"Hello"}"#;
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json;text/plain",
        "multipart/form-data",
        "application/json; charset=utf-7",
        "application/json; charset=utf-16",
        "",
        "application/problem+json",
    ] {
        ana.request("POST", &path).text(kind, body).send().refused(415, "unsupported_media_type");
    }
    for encoding in ["gzip", "br", "deflate", "x-unknown", "gzip, gzip"] {
        let request = ana.request("POST", &path).header("Content-Encoding", encoding);
        let answer = request.text("application/json", body).send();
        assert!([413, 415].contains(&answer.status), "{encoding}: {}", answer.text());
    }
    assert_eq!(app.number_of("SELECT count(*) FROM message"), 1);
    ana.request("POST", &path).text("application/json; charset=utf-8", body).send().expect(201);
    let huge = format!("{{\"messageText\":\"{}\"}}", "x".repeat(600_000));
    ana.request("POST", &path).text("application/json", &huge).send().refused(413, "payload_too_large");
}

#[test]
fn h12_refusals_are_problem_documents_without_our_insides() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let answers = [
        nurse.get("/api/nothing"),
        nurse.delete(&format!("{STAFF}/threads")),
        nurse.get(&format!("{STAFF}/threads/x")),
        nurse.get(&format!("{STAFF}/threads?limit=x")),
        app.request("GET", "/api/auth/me").send(),
        nurse.post("/api/canned-responses", &json!({})),
        nurse.request("POST", "/api/auth/login").text("application/json", "{").send(),
        nurse.request("POST", "/api/auth/login").text("text/plain", "x").send(),
    ];
    for answer in answers {
        assert!(answer.status >= 400);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        let problem = answer.json();
        for member in ["type", "title", "status", "code", "detail", "requestId"] {
            assert!(!problem[member].is_null(), "{member}: {}", answer.text());
        }
        assert_eq!(problem["requestId"].as_str(), answer.header("x-request-id"));
        let text = answer.text().to_lowercase();
        for inside in
            ["select ", "panicked", ".rs", "diesel", "postgres", "actix", "/root", "stack", "server:"]
        {
            assert!(!text.contains(inside), "{inside}: {text}");
        }
        assert_eq!(answer.header("server"), None);
    }
}

fn check_headers(answer: &Answer, place: &str) {
    let policy = answer.header("content-security-policy").unwrap_or_default();
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{place}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{place}");
    }
    assert!(answer.header("strict-transport-security").is_some(), "{place}");
    assert!(answer.header("x-request-id").is_some(), "{place}");
}

/// B11: whatever is asked, by nobody, by somebody without a body and with one, rightly or not.
#[test]
fn c11_every_operation_answers_with_the_security_headers() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let mut answers = 0;
    for operation in operations() {
        // Some sign their caller out, and an address signs in no more than 120 times a minute.
        let (staff, patient) = (app.staff(Role::Admin), app.patient("Ben Okafor"));
        app.clock().advance(chrono::Duration::seconds(2));
        let person = if operation.is_for("portal") { &patient } else { &staff };
        let thread = start(&ana, "general", "Question");
        for (how, answer) in [
            ("by nobody", operation.anonymous(&app, &thread).send()),
            ("of a wrong id", operation.bare(person, "not-an-id").send()),
            ("by somebody", operation.by(person, &thread)),
            ("by a wrong method", person.request("PATCH", &operation.at(&thread)).send()),
        ] {
            let place = format!("{} {how}", operation.name);
            check_headers(&answer, &place);
            let is_private = operation.is_for("Token") || answer.status >= 400;
            assert!(!is_private || answer.header("cache-control") == Some("no-store"), "{place}");
            answers += 1;
        }
    }
    assert!(answers > 600, "{answers}");
}

#[test]
fn c11_every_answer_carries_the_security_headers() {
    let app = TestApp::start();
    for path in [
        "/",
        "/portal",
        "/portal/riverside",
        "/assets/index-1.js",
        "/api/health",
        "/api/docs",
        "/api/nothing",
        "/demo/mail",
    ] {
        check_headers(&app.request("GET", path).send(), path);
    }
    assert_eq!(app.request("GET", "/api/practices").send().header("cache-control"), Some("no-store"));
}

#[test]
fn a_request_id_is_taken_only_if_it_is_a_uuid() {
    let app = TestApp::start();
    let given = crate::support::unused_id();
    let with = |value: &str| app.request("GET", "/api/health").header("X-Request-Id", value).send();
    assert_eq!(with(&given).header("x-request-id"), Some(given.as_str()));
    for odd in ["x", "a b", "<script>", &"1".repeat(500)] {
        assert_ne!(with(odd).header("x-request-id"), Some(odd));
    }
}

#[test]
fn d17_every_new_thread_gets_one_automatic_reply_and_a_flood_is_stopped() {
    let app = TestApp::builder().with_writes_per_minute(20).start();
    let ana = app.patient("Ana Silva");
    let new = json!({ "subject": "Refill", "category": "prescription", "messageText": "Please" });
    let answers: Vec<_> = (0..50).map(|_| ana.post(&format!("{PORTAL}/threads"), &new)).collect();
    let started = answers.iter().filter(|answer| answer.status == 201).count();
    assert!((20..30).contains(&started), "{started}");
    let refused = answers.iter().find(|answer| answer.status != 201).unwrap();
    refused.refused(429, "rate_limited");
    assert!(refused.header("retry-after").is_some());
    let automatic = app.number_of("SELECT count(*) FROM message WHERE sender_kind = 2");
    assert_eq!(automatic, i64::try_from(started).unwrap());
    ana.get(&format!("{PORTAL}/threads")).expect(200);
}
