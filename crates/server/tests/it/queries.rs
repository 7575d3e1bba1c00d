//! What may stand in an address's query, and what searches make of odd words.

use crate::support::{PORTAL, STAFF, checksum, start, unused_id};
use crate::walks::operations;
use serde_json::json;
use std::time::{Duration, Instant};
use threadwell_domain::access::Role;
use threadwell_testkit::TestApp;

#[test]
fn d14_a_bad_or_unknown_parameter_is_named_and_never_ignored() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    for (query, name) in [
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=101", "limit"),
        ("limit=1000000000", "limit"),
        ("limit=abc", "limit"),
        ("sort=password_hash", "sort"),
        ("sort=;DROP", "sort"),
        ("foo=1", "foo"),
        ("status=Closed", "status"),
        ("category=x", "category"),
        ("unreadOnly=maybe", "unreadOnly"),
        ("limit=5&limit=6", "limit"),
        ("access_token=x", "access_token"),
    ] {
        for (person, path) in [(&nurse, STAFF), (&ana, PORTAL)] {
            let problem = person.get(&format!("{path}/threads?{query}")).refused(422, "validation_failed");
            assert_eq!(problem["errors"][0]["pointer"], json!(name), "{query}");
        }
    }
    for (query, name) in [
        ("offset=1001", "offset"),
        ("assignedTo=x", "assignedTo"),
        ("patientId=1", "patientId"),
        ("priority=highest", "priority"),
        ("unreadOnly=true&readOnly=true", "readOnly"),
    ] {
        let problem = nurse.get(&format!("{STAFF}/threads?{query}")).refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], json!(name), "{query}");
    }
    for staff_only in ["assignedTo=me", "priority=low", "archived=true", "offset=1", "patientId="] {
        ana.get(&format!("{PORTAL}/threads?{staff_only}")).refused(422, "validation_failed");
    }
    nurse.get("/api/patients?search=").refused(422, "validation_failed");
    nurse.get("/api/patients").refused(422, "validation_failed");
    nurse.get("/api/patients?search=a&limit=51").refused(422, "validation_failed");
    nurse.get("/api/teams?x=1").refused(422, "validation_failed");
}

#[test]
fn no_operation_takes_a_parameter_that_the_document_does_not_name() {
    let app = TestApp::start();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Mine");
    let before = checksum(&app);
    let all = operations();
    for operation in &all {
        let person = if operation.is_for("portal") { &ana } else { &admin };
        let address = operation.at(&thread);
        let joint = if address.contains('?') { '&' } else { '?' };
        for name in ["dryRun", "x"] {
            let request = person.request(operation.method(), &format!("{address}{joint}{name}=true"));
            let problem = operation.with_body(request, &thread).send().refused(422, "validation_failed");
            let expected = json!([{ "pointer": name, "code": "unknown" }]);
            assert_eq!(problem["errors"], expected, "{}", operation.name);
        }
    }
    assert!(all.len() > 180, "{}", all.len());
    assert_eq!(checksum(&app), before);
}

#[test]
fn an_address_spelt_otherwise_takes_no_other_parameters() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Mine");
    let before = checksum(&app);
    let body = json!({ "threadIds": [thread], "action": { "type": "mark-read" } });
    for path in ["/threads/%62ulk?dryRun=true", "/threads/bulk?&dryRun", "/threads/bulk?dry%52un=1&=2"] {
        let answer = nurse.post(&format!("{STAFF}{path}"), &body);
        assert!([404, 422].contains(&answer.status), "{path}: {}", answer.text());
    }
    assert_eq!(checksum(&app), before);
    nurse.post(&format!("{STAFF}/threads/bulk?"), &body).expect(200);
}

#[test]
fn h02_a_search_takes_any_words_as_words() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    start(&ana, "general", "Refill");
    for words in [
        "%25",
        "_",
        "%5C",
        "%27%20%26%20%7C%20!:*",
        "(zq%2B)%2B$",
        "%27%20OR%20%271%27=%271",
        "%00",
        "the%20of%20and",
        "%F0%9F%98%80",
        "%E2%80%8B",
        "%2A",
        "a%00b",
    ] {
        for path in [format!("{STAFF}/threads?search={words}"), format!("/api/patients?search={words}")] {
            let started = Instant::now();
            let answer = nurse.get(&path);
            assert!([200, 422].contains(&answer.status), "{path}: {}", answer.text());
            assert!(started.elapsed() < Duration::from_secs(2), "{path}");
            if answer.status == 200 && !words.contains("the") {
                assert!(!answer.text().contains("Ana Silva"), "{path}");
            }
        }
    }
    let long = "x".repeat(10_000);
    nurse.get(&format!("{STAFF}/threads?search={long}")).refused(422, "validation_failed");
    for (words, hits) in [("sil", 1), ("SILVA%20an", 1), ("refi", 1), ("ilva", 0), ("ref%20xyz", 0)] {
        let found = nurse.get(&format!("{STAFF}/threads?search={words}")).expect(200);
        assert_eq!(found["threads"].as_array().unwrap().len(), hits, "{words}");
    }
    let portal = ana.get(&format!("{PORTAL}/threads?search=refi")).expect(200);
    assert_eq!(portal["threads"].as_array().unwrap().len(), 1);
}

#[test]
fn filters_narrow_the_inbox() {
    let app = TestApp::start();
    let (nurse, ana, ben) = (app.staff(Role::Nurse), app.patient("Ana Silva"), app.patient("Ben Okafor"));
    let refill = start(&ana, "prescription", "Refill");
    start(&ben, "medical", "Itch");
    start(&ben, "billing", "Bill");
    nurse
        .put(&format!("{STAFF}/threads/{refill}"), &json!({ "assignedTo": nurse.id, "priority": "urgent" }))
        .expect(200);
    nurse.post_empty(&format!("{STAFF}/threads/{refill}/mark-read")).expect(204);
    let ben_id = ben.patient.unwrap().to_string();
    for (query, count) in [
        (String::new(), 3),
        ("assignedTo=me".into(), 1),
        ("assignedTo=none".into(), 2),
        (format!("assignedTo={}", nurse.id), 1),
        (format!("assignedTo={}", unused_id()), 0),
        ("category=medical,billing".into(), 2),
        ("priority=urgent".into(), 1),
        ("status=in-progress".into(), 1),
        ("status=open,in-progress".into(), 3),
        ("unreadOnly=true".into(), 2),
        ("readOnly=true".into(), 1),
        (format!("patientId={ben_id}"), 2),
        ("archived=true".into(), 0),
        ("offset=2".into(), 1),
    ] {
        let found = nurse.get(&format!("{STAFF}/threads?{query}")).expect(200);
        assert_eq!(found["threads"].as_array().unwrap().len(), count, "{query}");
    }
    let counts = nurse.get(&format!("{STAFF}/inbox-counts")).expect(200);
    for (name, count) in
        [("open", 3), ("mine", 1), ("unassigned", 2), ("urgent", 1), ("unread", 2), ("waitingProvider", 0)]
    {
        assert_eq!(counts[name], json!({ "count": count, "capped": false }), "{name}");
    }
}
