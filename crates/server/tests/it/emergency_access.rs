//! Looking past the limits of a role in an emergency.

use crate::support::{STAFF, at_once, audited, start, unused_id};
use chrono::Duration;
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

const EMERGENCY: &str = "/api/auth/emergency-access";
const LIST: &str = "/api/admin/emergency-accesses";

fn begin(person: &Person) -> Value {
    person.post(EMERGENCY, &json!({ "reason": "Canaryreason: collapsed at the desk." })).expect(201)
}

fn flagged(app: &TestApp, action: &str) -> i64 {
    app.number_of(&format!("SELECT count(*) FROM audit_event WHERE action = '{action}' AND is_emergency"))
}

#[test]
fn every_category_is_open_for_an_hour_and_all_of_it_is_flagged() {
    let app = TestApp::start();
    let (admin, desk, ana) = (app.staff(Role::Admin), app.staff(Role::FrontDesk), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Rash");
    let path = format!("{STAFF}/threads/{thread}");
    desk.get(&path).refused(404, "not_found");
    let mut stream = desk.events(None);
    stream.expect("ready");
    assert_eq!(begin(&desk)["until"], "2026-11-22T10:00:00.000Z");
    assert_eq!(desk.get("/api/auth/me").expect(200)["emergencyAccessUntil"], "2026-11-22T10:00:00.000Z");
    desk.get(&path).expect(200);
    stream.expect("reset");
    let other = start(&ana, "medical", "Fever");
    stream.until(|event| event.data["threadId"] == json!(other));
    desk.get(&format!("{STAFF}/threads/{}", unused_id())).refused(404, "not_found");
    let missing = json!({ "threadIds": [thread, unused_id()], "action": { "type": "mark-read" } });
    desk.post(&format!("{STAFF}/threads/bulk"), &missing);
    app.sql(&format!("UPDATE thread SET subject_enc = '\\x00' WHERE id = '{other}'"));
    desk.get(&format!("{STAFF}/threads/{other}"));
    assert_eq!(flagged(&app, "thread.read"), 3, "reading, and what was denied");
    let unflagged = "SELECT count(*) FROM audit_event WHERE NOT is_emergency AND action IN ('thread.list', 'thread.bulk.mark_read', \
                     'crypto.integrity_failure')";
    assert_eq!(app.number_of(unflagged), 0);
    admin.get(&path).expect(200);
    assert_eq!(flagged(&app, "thread.read"), 3, "an admin's own reading is none");
    app.run_worker();
    let mails: Vec<_> = app.mails().into_iter().filter(|mail| mail.to == admin.email).collect();
    assert!(!mails.is_empty() && mails.iter().all(|mail| !mail.raw.contains("Canaryreason")), "{mails:?}");
    app.clock().advance(Duration::minutes(60));
    app.sql("UPDATE session SET last_activity_at = '2026-11-22T10:00:00Z'");
    let refreshed =
        app.request("POST", "/api/auth/refresh").json(&json!({ "refreshToken": desk.refresh_token })).send();
    let desk = desk.with_token(refreshed.expect(200)["accessToken"].as_str().unwrap());
    desk.get(&path).refused(404, "not_found");
    assert_eq!(desk.get("/api/auth/me").expect(200)["emergencyAccessUntil"], Value::Null);
}

#[test]
fn it_needs_a_step_up_a_reason_and_a_role_that_works() {
    let app = TestApp::start();
    let (desk, auditor) = (app.staff(Role::FrontDesk), app.staff(Role::Auditor));
    let reason = json!({ "reason": "Collapsed" });
    auditor.post(EMERGENCY, &reason).refused(403, "forbidden");
    desk.post(EMERGENCY, &json!({ "reason": " " })).refused(422, "validation_failed");
    app.sql("UPDATE session SET stepped_up_at = NULL");
    desk.post(EMERGENCY, &reason).refused(401, "step_up_required");
    assert_eq!(app.number_of("SELECT count(*) FROM emergency_access"), 0);
}

#[test]
fn it_ends_before_its_time_and_another_begins_only_then() {
    let app = TestApp::start();
    let (desk, ana) = (app.staff(Role::FrontDesk), app.patient("Ana Silva"));
    let path = format!("{STAFF}/threads/{}", start(&ana, "medical", "Rash"));
    begin(&desk);
    desk.post(EMERGENCY, &json!({ "reason": "Another" })).refused(409, "limit_reached");
    desk.get(&path).expect(200);
    desk.delete(EMERGENCY).expect(204);
    desk.get(&path).refused(404, "not_found");
    desk.delete(EMERGENCY).expect(204);
    begin(&desk);
    desk.get(&path).expect(200);
    app.clock().advance(Duration::minutes(60));
    app.sql("UPDATE session SET last_activity_at = '2026-11-22T10:00:00Z', stepped_up_at = '2026-11-22T10:00:00Z'");
    let refreshed =
        app.request("POST", "/api/auth/refresh").json(&json!({ "refreshToken": desk.refresh_token })).send();
    begin(&desk.with_token(refreshed.expect(200)["accessToken"].as_str().unwrap()));
    assert_eq!(app.number_of("SELECT count(*) FROM emergency_access"), 3);
    assert_eq!(flagged(&app, "emergency_access.end"), 1);
    app.run_worker();
}

#[test]
fn several_at_once_are_one_and_a_repeated_request_has_one_effect() {
    let app = TestApp::start();
    let (admin, desk) = (app.staff(Role::Admin), app.staff(Role::FrontDesk));
    let reason = json!({ "reason": "Collapsed" });
    let answers = at_once(6, |_| desk.post(EMERGENCY, &reason));
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    for refused in answers.iter().filter(|answer| answer.status != 201) {
        refused.refused(409, "limit_reached");
    }
    let told = || app.number_of("SELECT count(*) FROM outbox WHERE template = 14");
    assert_eq!((app.number_of("SELECT count(*) FROM emergency_access"), told()), (1, 1));
    let repeated = |text: &str| {
        let request = admin.request("POST", EMERGENCY).header("Idempotency-Key", "k-1");
        request.json(&json!({ "reason": text })).send()
    };
    let first = repeated("Fire").expect(201);
    app.clock().advance(Duration::minutes(1));
    let again = repeated("Fire");
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(again.expect(201), first, "until the same time");
    repeated("Flood").refused(422, "idempotency_key_reused");
    assert_eq!((app.number_of("SELECT count(*) FROM emergency_access"), told()), (2, 2));
    app.run_worker();
}

#[test]
fn it_is_reviewed_once_and_by_somebody_else() {
    let app = TestApp::start();
    let (admin, auditor, desk) =
        (app.staff(Role::Admin), app.staff(Role::Auditor), app.staff(Role::FrontDesk));
    begin(&desk);
    let list = auditor.get(LIST).expect(200)["emergencyAccesses"].clone();
    assert_eq!((&list[0]["fullName"], &list[0]["reviewedAt"]), (&json!("Somebody front_desk"), &Value::Null));
    assert_eq!(list[0]["reason"], "Canaryreason: collapsed at the desk.");
    assert!(!app.text_of("SELECT string_agg(e::text, '') FROM emergency_access e").contains("Canary"));
    desk.get(LIST).refused(403, "forbidden");
    let review = |id: &Value| format!("{LIST}/{}/review", id.as_str().unwrap());
    let note = json!({ "note": "Justified." });
    app.hillside().staff(Role::Auditor).post(&review(&list[0]["id"]), &note).refused(404, "not_found");
    app.clock().advance(Duration::seconds(1));
    begin(&admin);
    let own = admin.get(LIST).expect(200)["emergencyAccesses"][0]["id"].clone();
    admin.post(&review(&own), &note).refused(403, "forbidden");
    auditor.post(&review(&list[0]["id"]), &note).expect(204);
    admin.post(&review(&list[0]["id"]), &note).refused(412, "version_mismatch");
    let list = admin.get(LIST).expect(200)["emergencyAccesses"].clone();
    assert_eq!(
        (&list[1]["reviewedByName"], &list[1]["note"]),
        (&json!("Somebody auditor"), &json!("Justified."))
    );
    assert_eq!(audited(&app, "emergency_access.review", "done"), 1);
    app.run_worker();
}
