//! What bodies may hold, and what they may not.

use crate::support::{PORTAL, STAFF, checksum, opened_by_patient, start, unused_id};
use crate::walks::operations;
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::TestApp;

#[test]
fn d01_the_sender_comes_from_the_session() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Mine");
    let before = checksum(&app);
    for (field, value) in [
        ("senderType", json!("staff")),
        ("sender_type", json!("staff")),
        ("senderId", json!(nurse.id)),
        ("senderName", json!("Doctor")),
        ("isSystem", json!(true)),
        ("sentAt", json!("2020-01-01T00:00:00Z")),
        ("sentByProxy", json!(null)),
        ("__proto__", json!({})),
        ("constructor", json!({})),
    ] {
        let body = json!({ "messageText": "Hello", field: value });
        let problem =
            ana.post(&format!("{PORTAL}/threads/{thread}/messages"), &body).refused(422, "unknown_field");
        assert_eq!(problem["errors"][0]["pointer"], format!("/{field}"));
        nurse.post(&format!("{STAFF}/threads/{thread}/messages"), &body).refused(422, "unknown_field");
    }
    assert_eq!(checksum(&app), before);
}

#[test]
fn d02_a_patient_cannot_write_a_note() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let thread = start(&ana, "general", "Mine");
    for field in ["isInternalNote", "is_internal_note", "mentions"] {
        let body = json!({ "messageText": "Hello", field: true });
        ana.post(&format!("{PORTAL}/threads/{thread}/messages"), &body).refused(422, "unknown_field");
    }
    assert_eq!(app.number_of("SELECT count(*) FROM message"), 1);
}

#[test]
fn d04_what_is_not_for_hands_to_change_is_no_field() {
    let app = TestApp::start();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Mine");
    let before = checksum(&app);
    for field in ["patientId", "tenantId", "createdAt", "lastMessageBy", "version", "archivedAt", "id"] {
        let answer = admin.put(&format!("{STAFF}/threads/{thread}"), &json!({ field: unused_id() }));
        answer.refused(422, "unknown_field");
    }
    admin.put(&format!("{STAFF}/threads/{thread}"), &json!({})).refused(422, "validation_failed");
    assert_eq!(checksum(&app), before);
}

#[test]
fn d05_only_the_five_statuses_are_one() {
    let app = TestApp::start();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Mine");
    let before = checksum(&app);
    for status in
        [json!("Closed"), json!("OPEN "), json!(7), json!(null), json!("done"), json!([]), json!("")]
    {
        let problem = admin.put(&format!("{STAFF}/threads/{thread}"), &json!({ "status": status }));
        let problem = problem.refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "/status", "{status}");
    }
    assert_eq!(checksum(&app), before);
}

#[test]
fn d07_the_staffs_acts_have_no_address_in_the_portal() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let thread = start(&ana, "general", "Mine");
    let before = checksum(&app);
    let path = format!("{PORTAL}/threads/{thread}");
    ana.put(&path, &json!({ "status": "closed" })).refused(422, "unknown_field");
    for act in ["close", "reopen", "assign", "mark-unread"] {
        ana.post(&format!("{path}/{act}"), &json!({})).refused(404, "not_found");
    }
    ana.delete(&path).refused(405, "method_not_allowed");
    assert_eq!(checksum(&app), before);
}

#[test]
fn d08_a_member_that_is_there_twice_makes_the_body_malformed() {
    let app = TestApp::start();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Mine");
    let twice = r#"{"messageText":"a","messageText":"b"}"#;
    for (person, path) in [(&ana, PORTAL), (&admin, STAFF)] {
        for body in [twice, "{", "nul", "{} {}", ""] {
            let request = person.request("POST", &format!("{path}/threads/{thread}/messages"));
            request.text("application/json", body).send().refused(400, "malformed_request");
        }
    }
    assert_eq!(app.number_of("SELECT count(*) FROM message"), 1);
}

#[test]
fn d10_a_body_has_one_to_five_thousand_code_points() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let thread = start(&ana, "general", "Mine");
    let send = |text: &str| {
        ana.post(&format!("{PORTAL}/threads/{thread}/messages"), &json!({ "messageText": text }))
    };
    let marks = format!("e{}", "\u{301}".repeat(100_000));
    for text in ["", "   \n\t ", "\u{200b}\u{200d}\u{feff}", "a\0b", &"x".repeat(5_001), &marks] {
        let problem = send(text).refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "/messageText");
    }
    for body in [json!({ "messageText": null }), json!({ "messageText": 7 }), json!({})] {
        let answer = ana.post(&format!("{PORTAL}/threads/{thread}/messages"), &body);
        answer.refused(422, "validation_failed");
    }
    let astral = "\u{1f600}".repeat(5_000);
    for text in
        [&"x".repeat(5_000), &astral, "  trimmed\u{2003}", "<script>alert(1)</script>", "{{7*7}} ${env}"]
    {
        send(text).expect(201);
        let messages = opened_by_patient(&ana, &thread)["messages"].clone();
        let newest = messages.as_array().unwrap().last().unwrap()["messageText"].clone();
        assert_eq!(newest, json!(text.trim()), "kept as it was sent");
    }
}

#[test]
fn d11_a_subject_is_one_line_of_two_hundred() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let new = |subject: &str| {
        let body = json!({ "subject": subject, "category": "general", "messageText": "Text" });
        ana.post(&format!("{PORTAL}/threads"), &body)
    };
    for subject in ["a\r\nb", "a\nb", "a\tb", "a\0b", "", " \u{2003} ", &"x".repeat(201)] {
        let problem = new(subject).refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "/subject", "{subject:?}");
    }
    for subject in ["\u{1f600}\u{1f600}", &"\u{1f600}".repeat(200), "日本語", "a\u{202e}b"] {
        new(subject).expect(201);
    }
}

#[test]
fn d13_reading_is_marked_for_oneself_alone() {
    let app = TestApp::start();
    let (nurse, ana, ben) = (app.staff(Role::Nurse), app.patient("Ana Silva"), app.patient("Ben Okafor"));
    let (mine, theirs) = (start(&ana, "general", "Mine"), start(&ben, "general", "Not mine"));
    let their_message = opened_by_patient(&ben, &theirs)["messages"][0]["id"].clone();
    let before = checksum(&app);
    let mark = format!("{PORTAL}/threads/{mine}/mark-read");
    for body in [
        json!({ "staffId": nurse.id }),
        json!({ "accountId": ben.id }),
        json!({ "patientId": ben.patient.unwrap().to_string() }),
    ] {
        ana.post(&mark, &body).refused(422, "unknown_field");
    }
    for message in [their_message, json!(unused_id())] {
        let answer = ana.post(&mark, &json!({ "messageId": message }));
        assert!([404, 422].contains(&answer.status), "{}", answer.text());
    }
    ana.post_empty(&format!("{PORTAL}/threads/{theirs}/mark-read")).refused(404, "not_found");
    assert_eq!(checksum(&app), before);
}

#[test]
fn a_change_applies_wholly_or_not_at_all() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let path = format!("{STAFF}/threads/{}", start(&ana, "general", "Mine"));
    let before = checksum(&app);
    let changes: [(Value, u16, &str); 4] = [
        (json!({ "priority": "urgent", "status": "closed" }), 409, "illegal_transition"),
        (json!({ "subject": "New", "assignedTo": unused_id() }), 422, "assignee_not_found"),
        (json!({ "priority": "urgent", "subject": "" }), 422, "validation_failed"),
        (json!({ "assignedTo": nurse.id, "assignedTeam": null }), 422, "validation_failed"),
    ];
    for (change, status, code) in changes {
        nurse.put(&path, &change).refused(status, code);
        assert_eq!(checksum(&app), before, "{change}");
    }
}

/// What somebody would try who wants to be more than they are.
const PRIVILEGED: [&str; 40] = [
    "id",
    "tenantId",
    "tenant_id",
    "tenant",
    "patientId",
    "staffId",
    "accountId",
    "ownerId",
    "createdBy",
    "updatedBy",
    "role",
    "roles",
    "isAdmin",
    "admin",
    "permissions",
    "mayDo",
    "scope",
    "relationship",
    "categories",
    "isActive",
    "isSystem",
    "isInternalNote",
    "senderType",
    "senderId",
    "sentAt",
    "createdAt",
    "updatedAt",
    "expiresAt",
    "version",
    "publicVersion",
    "passwordHash",
    "password_hash",
    "sessionId",
    "steppedUpAt",
    "emergencyUntil",
    "mfaVerified",
    "actingFor",
    "isConfidential",
    "__proto__",
    "constructor",
];

#[test]
fn a10_no_write_takes_a_privileged_field() {
    let app = TestApp::start();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Mine");
    let before = checksum(&app);
    let mut injected = 0;
    for operation in operations().iter().filter(|operation| operation.writes_json()) {
        let person = if operation.is_for("portal") { &ana } else { &admin };
        let (members, body) = (operation.members(), operation.body.clone().unwrap());
        for field in PRIVILEGED.iter().filter(|field| !members.contains(&(**field).to_owned())) {
            let mut body = body.clone();
            body[*field] = json!(unused_id());
            let answer = operation.bare(person, &thread).json(&body).send();
            let problem = answer.refused(422, "unknown_field");
            assert_eq!(problem["errors"][0]["pointer"], format!("/{field}"), "{}", operation.name);
            injected += 1;
        }
    }
    assert!(injected > 1_000, "{injected}");
    assert_eq!(checksum(&app), before);
}

/// The same inside of bodies: opening hours and holidays, filters, acts, and what browsers say of passkeys.
#[test]
fn a10_no_object_inside_a_write_takes_a_privileged_field() {
    let app = TestApp::start();
    let (admin, ana) = (app.staff(Role::Admin), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Mine");
    let before = checksum(&app);
    let (mut closed, mut open) = (Vec::new(), Vec::new());
    for operation in operations().iter().filter(|operation| operation.writes_json()) {
        let person = if operation.is_for("portal") { &ana } else { &admin };
        let body = operation.body.clone().unwrap();
        let send = |body: &Value| {
            // What is worth nothing is braked after a while.
            app.sql("DELETE FROM sign_in_throttle");
            operation.bare(person, &thread).json(body).send()
        };
        for inside in operation.inside() {
            let place = format!("{} {}", operation.name, inside.pointer);
            let Some(members) = &inside.members else {
                let plain = send(&inside.with_member(&body, "id", json!("x")));
                for field in PRIVILEGED.iter().filter(|field| **field != "id") {
                    let more =
                        inside.with_member(&inside.with_member(&body, "id", json!("x")), field, json!("x"));
                    assert_eq!(send(&more).without_ids(), plain.without_ids(), "{place} {field}");
                }
                open.push(place);
                continue;
            };
            for field in PRIVILEGED.iter().filter(|field| !members.contains(&(**field).to_owned())) {
                let problem = send(&inside.with_member(&body, field, json!(unused_id())));
                let problem = problem.refused(422, "unknown_field");
                let pointer = format!("{}/{field}", inside.pointer);
                assert_eq!(problem["errors"][0]["pointer"], pointer, "{place}");
            }
            closed.push(place);
        }
    }
    assert!(closed.contains(&"update_settings /businessHours/0".to_owned()), "{closed:?}");
    assert!(closed.contains(&"update_settings /holidays/0".to_owned()) && closed.len() >= 7, "{closed:?}");
    assert!(open.contains(&"step_up /credential".to_owned()) && open.len() >= 8, "{open:?}");
    assert_eq!(checksum(&app), before);
}
