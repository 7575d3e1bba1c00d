//! Unsent words are their writer's alone, wherever the writer is, until they are sent.

use crate::support::{PORTAL, STAFF, audited, change, checksum, note, reply, start, write};
use chrono::Duration;
use serde_json::{Value, json};
use threadwell_domain::access::{Relationship, Role};
use threadwell_domain::{AccountId, StaffId};
use threadwell_testkit::{Answer, Person, TestApp};

const NEW: &str = "/api/patient-portal/messages/draft";

fn at(person: &Person, thread: &str) -> String {
    let side = if person.is_staff { STAFF } else { PORTAL };
    format!("{side}/threads/{thread}/draft")
}

/// Staff keep words of a kind.
fn keep(staff: &Person, thread: &str, kind: &str, text: &str) -> Answer {
    staff.put(&at(staff, thread), &json!({ "kind": kind, "text": text }))
}

/// A patient keeps words.
fn keep_own(patient: &Person, thread: &str, text: &str) -> Answer {
    patient.put(&at(patient, thread), &json!({ "text": text }))
}

/// The words of somebody's drafts in a thread: of staff the reply and the note.
fn kept(person: &Person, thread: &str) -> Value {
    let kept = person.get(&at(person, thread)).expect(200);
    if person.is_staff {
        json!([kept["reply"]["text"], kept["note"]["text"]])
    } else {
        kept["draft"]["text"].clone()
    }
}

#[test]
fn a_draft_comes_back_as_it_was_typed_and_the_last_one_counts() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Rash");
    assert_eq!(kept(&nurse, &thread), json!([null, null]));
    keep(&nurse, &thread, "reply", "Dear An").expect(204);
    keep(&nurse, &thread, "reply", "Dear Ana,\n\n ").expect(204);
    keep(&nurse, &thread, "note", "Looks like eczema ").expect(204);
    assert_eq!(kept(&nurse, &thread), json!(["Dear Ana,\n\n ", "Looks like eczema "]));
    keep(&nurse, &thread, "reply", " \u{200B}").expect(204);
    assert_eq!(kept(&nurse, &thread), json!([null, "Looks like eczema "]));
    keep_own(&ana, &thread, "It itches ").expect(204);
    assert_eq!(kept(&ana, &thread), "It itches ");
    keep_own(&ana, &thread, "").expect(204);
    assert_eq!(kept(&ana, &thread), json!(null));
}

#[test]
fn a_new_conversation_is_kept_for_each_patient() {
    let app = TestApp::start();
    let grants = ["Ben Okafor", "Mia Okafor"]
        .map(|name| (app.riverside().add_patient(name, &format!("RV-{name}")), Relationship::Guardian));
    let carla = app.riverside().account("Carla Okafor", &grants);
    let acting_for = |patient: usize| {
        let chosen = json!({ "patientId": grants[patient].0.to_string() });
        let answer = carla.post("/api/patient-portal/auth/acting-for", &chosen).expect(200);
        carla.with_token(answer["accessToken"].as_str().unwrap())
    };
    let ben = acting_for(0);
    let begun = json!({ "subject": "Refill ", "category": "prescription", "text": "Hello, " });
    ben.put(NEW, &begun).expect(204);
    ben.put(NEW, &json!({ "text": "", "isConfidential": true })).refused(403, "forbidden");
    let mia = acting_for(1);
    assert_eq!(mia.get(NEW).expect(200)["draft"], json!(null));
    mia.put(NEW, &json!({ "subject": "Hers", "text": "" })).expect(204);
    let own = acting_for(0).get(NEW).expect(200)["draft"].clone();
    assert_eq!(
        [&own["subject"], &own["category"], &own["text"], &own["isConfidential"]],
        [&json!("Refill "), &json!("prescription"), &json!("Hello, "), &json!(false)]
    );
    let ben = acting_for(0);
    start(&ben, "prescription", "Refill");
    assert_eq!(ben.get(NEW).expect(200)["draft"], json!(null));
    assert_eq!(acting_for(1).get(NEW).expect(200)["draft"]["subject"], "Hers");
    let ben = acting_for(0);
    ben.put(NEW, &json!({ "category": "billing", "text": "" })).expect(204);
    assert_eq!(ben.get(NEW).expect(200)["draft"], json!(null), "a choice alone is no draft");
}

#[test]
fn nobody_else_sees_a_draft() {
    let app = TestApp::start();
    let (nurse, colleague) = (app.staff(Role::Nurse), app.staff(Role::Admin));
    let ben = app.patient("Ben Okafor");
    let carla = app.riverside().account("Carla Okafor", &[(ben.patient.unwrap(), Relationship::Guardian)]);
    let thread = start(&ben, "medical", "Rash");
    keep(&nurse, &thread, "reply", "Canarydraft for Ben").expect(204);
    keep(&nurse, &thread, "note", "Canarydraft for us").expect(204);
    keep_own(&ben, &thread, "Canarydraft of Ben").expect(204);
    ben.put(NEW, &json!({ "subject": "Canarydraft", "text": "Canarydraft" })).expect(204);
    assert_eq!(kept(&colleague, &thread), json!([null, null]));
    assert_eq!(kept(&carla, &thread), json!(null));
    assert_eq!(carla.get(NEW).expect(200)["draft"], json!(null));
    assert_eq!(kept(&ben, &thread), "Canarydraft of Ben");
    let stranger = app.hillside().staff(Role::Admin);
    let foreign = app.hillside().patient("Dora Klein");
    for person in [&stranger, &foreign] {
        person.get(&at(person, &thread)).refused(404, "not_found");
    }
    keep(&stranger, &thread, "reply", "x").refused(404, "not_found");
    keep_own(&foreign, &thread, "x").refused(404, "not_found");
    for (person, path) in [
        (&colleague, format!("{STAFF}/threads")),
        (&colleague, format!("{STAFF}/threads/{thread}")),
        (&colleague, format!("{STAFF}/search?q=canarydraft")),
        (&ben, format!("{PORTAL}/threads/{thread}")),
        (&carla, format!("{PORTAL}/threads/{thread}")),
        (&ben, format!("{PORTAL}/search?q=canarydraft")),
    ] {
        let text = person.get(&path).text();
        assert!(!text.contains("Canarydraft"), "{path}: {text}");
    }
}

#[test]
fn the_draft_of_a_note_is_no_business_of_the_portal() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Rash");
    keep(&nurse, &thread, "note", "Canarynote").expect(204);
    assert_eq!(kept(&ana, &thread), json!(null));
    let body = json!({ "kind": "note", "text": "x" });
    ana.put(&at(&ana, &thread), &body).refused(422, "unknown_field");
    // Whoever can write to the table makes no reply of a note, and nobody's words another's.
    app.sql("UPDATE draft SET kind = 0");
    assert_eq!(kept(&nurse, &thread), json!([null, null]));
    let colleague = app.staff(Role::Nurse);
    app.sql(&format!("UPDATE draft SET kind = 1, owner_id = '{}'", colleague.id));
    assert_eq!(kept(&colleague, &thread), json!([null, null]));
}

#[test]
fn sending_takes_the_draft_of_its_kind_with_it() {
    let app = TestApp::start();
    let (nurse, colleague, ana) = (app.staff(Role::Nurse), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let (thread, other) = (start(&ana, "medical", "Rash"), start(&ana, "medical", "Other"));
    for (staff, thread) in [(&nurse, &thread), (&nurse, &other), (&colleague, &thread)] {
        keep(staff, thread, "reply", "A reply").expect(204);
        keep(staff, thread, "note", "A note").expect(204);
    }
    keep_own(&ana, &thread, "An answer").expect(204);
    reply(&nurse, &thread, "A reply").expect(201);
    assert_eq!(kept(&nurse, &thread), json!([null, "A note"]));
    keep(&nurse, &thread, "reply", "A second reply").expect(204);
    note(&nurse, &thread, "A note").expect(201);
    assert_eq!(kept(&nurse, &thread), json!(["A second reply", null]));
    for (staff, thread) in [(&nurse, &other), (&colleague, &thread)] {
        assert_eq!(kept(staff, thread), json!(["A reply", "A note"]));
    }
    reply(&nurse, &thread, "[date]").refused(422, "unfilled_placeholder");
    assert_eq!(kept(&nurse, &thread), json!(["A second reply", null]), "what was not sent is still there");
    assert_eq!(kept(&ana, &thread), "An answer");
    write(&ana, &thread, "An answer").expect(201);
    assert_eq!(kept(&ana, &thread), json!(null));
}

#[test]
fn an_answer_that_starts_a_new_conversation_takes_its_draft_with_it() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    nurse.post_empty(&format!("{STAFF}/threads/{thread}/close")).expect(200);
    keep_own(&ana, &thread, "One more thing").expect(204);
    ana.put(NEW, &json!({ "subject": "Another", "text": "Hello" })).expect(204);
    app.clock().advance(Duration::days(60));
    let ana = app.riverside().sign_in_account(&ana.email, AccountId::new(ana.id), ana.patient);
    let sent = write(&ana, &thread, "One more thing").expect(201);
    assert!(sent["threadId"].is_string(), "{sent}");
    assert_eq!(kept(&ana, &thread), json!(null));
    assert_eq!(ana.get(NEW).expect(200)["draft"]["subject"], "Another");
}

#[test]
fn a_thread_out_of_sight_takes_its_drafts_out_of_sight() {
    let app = TestApp::start();
    let (admin, biller) = (app.staff(Role::Admin), app.staff(Role::Billing));
    let ben = app.patient("Ben Okafor");
    let carla = app.riverside().account("Carla Okafor", &[(ben.patient.unwrap(), Relationship::Guardian)]);
    let thread = start(&ben, "billing", "Bill");
    keep(&biller, &thread, "reply", "About your bill").expect(204);
    keep_own(&carla, &thread, "About his bill").expect(204);
    change(&admin, &thread, &json!({ "category": "medical", "isConfidential": true })).expect(200);
    for person in [&biller, &carla] {
        person.get(&at(person, &thread)).refused(404, "not_found");
    }
    keep(&biller, &thread, "reply", "More").refused(404, "not_found");
    keep_own(&carla, &thread, "More").refused(404, "not_found");
    change(&admin, &thread, &json!({ "category": "billing", "isConfidential": false })).expect(200);
    assert_eq!(kept(&biller, &thread), json!(["About your bill", null]));
    assert_eq!(kept(&carla, &thread), "About his bill");
}

#[test]
fn keeping_a_draft_moves_nothing_else() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Rash");
    let (seen, etag) = {
        let answer = nurse.get(&format!("{STAFF}/threads/{thread}"));
        (answer.json(), answer.header("etag").map(str::to_owned))
    };
    app.clock().advance(Duration::minutes(5));
    let at_work = || app.text_of("SELECT string_agg(last_activity_at::text, ',' ORDER BY id) FROM session");
    let (rest, worked) = (everything_but_drafts(&app), at_work());
    let rows = || app.number_of("SELECT count(*) FROM audit_event");
    let before = rows();
    keep(&nurse, &thread, "reply", "Dear Ana").expect(204);
    keep(&nurse, &thread, "note", "Eczema").expect(204);
    keep_own(&ana, &thread, "It itches").expect(204);
    ana.put(NEW, &json!({ "text": "Hello" })).expect(204);
    assert_eq!((everything_but_drafts(&app), at_work(), rows()), (rest, worked.clone(), before));
    let answer = nurse.get(&format!("{STAFF}/threads/{thread}"));
    assert_eq!((answer.json(), answer.header("etag").map(str::to_owned)), (seen, etag));
    kept(&nurse, &thread);
    kept(&ana, &thread);
    assert_eq!((audited(&app, "draft.read", "done"), audited(&app, "portal.draft.read", "done")), (1, 1));
    let active = nurse.request("PUT", &at(&nurse, &thread)).header("X-Threadwell-Activity", "user");
    active.json(&json!({ "kind": "reply", "text": "Dear" })).send().expect(204);
    assert_ne!(at_work(), worked, "who is at work may say so");
}

fn everything_but_drafts(app: &TestApp) -> String {
    checksum(app).split(';').filter(|sum| !sum.starts_with("draft=")).collect()
}

#[test]
fn a_draft_has_the_limits_of_a_message() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Rash");
    keep(&nurse, &thread, "reply", &"𝒳".repeat(5_000)).expect(204);
    for refused in [
        keep(&nurse, &thread, "reply", &"x".repeat(5_001)),
        keep(&nurse, &thread, "note", "a\0b"),
        keep(&nurse, &thread, "letter", "x"),
        keep_own(&ana, &thread, &"x".repeat(5_001)),
        ana.put(NEW, &json!({ "subject": "x".repeat(201), "text": "" })),
        ana.put(NEW, &json!({ "subject": "a\nb", "text": "" })),
        nurse.get(&format!("{}?kind=note", at(&nurse, &thread))),
    ] {
        refused.refused(422, "validation_failed");
    }
    let more = json!({ "kind": "reply", "text": "x", "attachmentIds": [] });
    nurse.put(&at(&nurse, &thread), &more).refused(422, "unknown_field");
    ana.put(NEW, &json!({ "text": "x", "messageText": "x" })).refused(422, "unknown_field");
    assert_eq!(kept(&nurse, &thread)[0].as_str().map(|text| text.chars().count()), Some(5_000));
}

#[test]
fn a_draft_outlives_the_session_and_the_server() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Rash");
    keep(&nurse, &thread, "note", "Eczema").expect(204);
    keep_own(&ana, &thread, "It itches").expect(204);
    nurse.post_empty("/api/auth/logout").expect(204);
    let server = app.serve();
    let elsewhere = app.riverside().at(&server);
    let nurse = elsewhere.sign_in_staff(&nurse.email, StaffId::new(nurse.id));
    assert_eq!(kept(&nurse, &thread), json!([null, "Eczema"]));
    let ana = elsewhere.sign_in_account(&ana.email, AccountId::new(ana.id), ana.patient);
    assert_eq!(kept(&ana, &thread), "It itches");
}
