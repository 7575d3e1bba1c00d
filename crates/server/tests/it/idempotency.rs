//! Repeated requests with one key have one effect.

use crate::support::{PORTAL, STAFF, at_once, audited, change, start, unused_id};
use chrono::Duration;
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, Person, TestApp};

fn send(person: &Person, path: &str, key: &str, body: &Value) -> Answer {
    person.request("POST", path).header("Idempotency-Key", key).json(body).send()
}

fn hello() -> Value {
    json!({ "messageText": "Hello" })
}

#[test]
fn g02_a_key_that_is_none_is_malformed() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let path = format!("{PORTAL}/threads/{}/messages", start(&ana, "general", "Question"));
    for key in ["", &"k".repeat(256), "a b", "schl\u{fc}ssel"] {
        send(&ana, &path, key, &hello()).refused(400, "malformed_request");
    }
    // A control character makes the whole request unreadable.
    assert_eq!(send(&ana, &path, "a\u{1}b", &hello()).status, 400);
    let twice = ana.request("POST", &path).header("Idempotency-Key", "a").header("Idempotency-Key", "a");
    twice.json(&hello()).send().refused(400, "malformed_request");
    assert_eq!(app.number_of("SELECT count(*) FROM message"), 1);
    send(&ana, &path, &"k".repeat(255), &hello()).expect(201);
}

#[test]
fn g03_one_key_sent_by_many_at_once_is_one_message() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let path = format!("{PORTAL}/threads/{}/messages", start(&ana, "general", "Question"));
    let mails = "SELECT count(*) FROM outbox WHERE kind = 0";
    let before = app.number_of(mails);
    let answers = at_once(32, |_| send(&ana, &path, "one-key", &hello()));
    let first: Vec<_> =
        answers.iter().filter(|it| it.status == 201 && it.header("idempotent-replayed").is_none()).collect();
    assert_eq!(first.len(), 1);
    for answer in &answers {
        match answer.status {
            201 => assert_eq!(answer.json(), first[0].json()),
            409 => drop(answer.refused(409, "idempotency_in_progress")),
            other => panic!("{other}: {}", answer.text()),
        }
    }
    assert_eq!(app.number_of("SELECT count(*) FROM message"), 2);
    assert_eq!(app.number_of(mails), before + 1);
    assert_eq!(
        app.number_of("SELECT count(*) FROM outbox WHERE kind = 2"),
        2,
        "each message is indexed once"
    );
    assert_eq!(audited(&app, "portal.message.send", "done"), 1);
}

#[test]
fn a_repeated_request_gets_the_first_answer_and_another_one_is_refused() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let new = json!({ "subject": "Refill", "category": "prescription", "messageText": "Please" });
    let first = send(&ana, &format!("{PORTAL}/threads"), "start-1", &new);
    let again = send(&ana, &format!("{PORTAL}/threads"), "start-1", &new);
    assert_eq!((again.expect(201), again.header("idempotent-replayed")), (first.expect(201), Some("true")));
    let other = json!({ "subject": "Other", "category": "prescription", "messageText": "Please" });
    send(&ana, &format!("{PORTAL}/threads"), "start-1", &other).refused(422, "idempotency_key_reused");
    let canned = json!({ "title": "T", "category": "general", "responseText": "R" });
    let provider = app.staff(Role::Provider);
    let made = send(&provider, "/api/canned-responses", "c-1", &canned).expect(201);
    assert_eq!(send(&provider, "/api/canned-responses", "c-1", &canned).expect(201), made);
    let thread = first.json()["threadId"].as_str().unwrap().to_owned();
    let path = format!("{STAFF}/threads/{thread}/messages");
    let sent = send(&nurse, &path, "r-1", &hello()).expect(201);
    app.clock().advance(Duration::minutes(5));
    assert_eq!(send(&nurse, &path, "r-1", &hello()).expect(201), sent);
    assert_eq!(app.number_of("SELECT count(*) FROM thread"), 1);
}

#[test]
fn g05_a_key_counts_for_one_person_and_one_operation() {
    let app = TestApp::start();
    let (ana, ben) = (app.patient("Ana Silva"), app.patient("Ben Okafor"));
    let dora = app.hillside().patient("Dora Klein");
    let mut ids = Vec::new();
    for person in [&ana, &ben, &dora] {
        for _ in 0..2 {
            let path = format!("{PORTAL}/threads/{}/messages", start(person, "general", "Question"));
            let answer = send(person, &path, "same-key", &hello());
            assert_eq!(answer.header("idempotent-replayed"), None);
            ids.push(answer.expect(201)["messageId"].as_str().unwrap().to_owned());
        }
        let new = json!({ "subject": "S", "category": "general", "messageText": "Hello" });
        let answer = send(person, &format!("{PORTAL}/threads"), "same-key", &new);
        ids.push(answer.expect(201)["messageId"].as_str().unwrap().to_owned());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 9);
}

#[test]
fn g06_a_saved_answer_is_not_given_to_whoever_lost_the_right() {
    let app = TestApp::start();
    let (desk, nurse, ana) = (app.staff(Role::FrontDesk), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let path = format!("{STAFF}/threads/{thread}/messages");
    send(&desk, &path, "k", &hello()).expect(201);
    change(&nurse, &thread, &json!({ "category": "medical" })).expect(200);
    send(&desk, &path, "k", &hello()).refused(404, "not_found");
    let elsewhere = format!("{STAFF}/threads/{}/messages", unused_id());
    send(&desk, &elsewhere, "k", &hello()).refused(404, "not_found");
    app.sql("UPDATE staff_user SET role = 6 WHERE role = 4");
    send(&desk, &path, "k", &hello()).refused(403, "forbidden");
    app.sql("UPDATE session SET revoked_at = last_activity_at");
    send(&desk, &path, "k", &hello()).refused(401, "invalid_token");
}
