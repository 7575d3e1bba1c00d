//! Practices and patients are shut off from one another.

use crate::support::{CANNED, PORTAL, STAFF, audited, checksum, opened, opened_by_patient, start, unused_id};
use serde_json::json;
use threadwell_domain::access::{Relationship, Role};
use threadwell_testkit::{PASSWORD, TestApp};

#[test]
fn a01_a_thread_of_another_practice_reads_like_no_thread() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let theirs = start(&app.hillside().patient("Dora Klein"), "medical", "Theirs");
    let before = checksum(&app);
    let foreign = nurse.get(&format!("{STAFF}/threads/{theirs}"));
    foreign.refused(404, "not_found");
    let random = nurse.get(&format!("{STAFF}/threads/{}", unused_id()));
    assert_eq!(foreign.without_ids(), random.without_ids());
    assert_eq!(checksum(&app), before);
    assert_eq!(audited(&app, "thread.read", "denied"), 2);
}

#[test]
fn a02_a_precondition_is_not_looked_at_for_a_thread_of_another_practice() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    let theirs = start(&app.hillside().patient("Dora Klein"), "medical", "Theirs");
    for etag in ["\"1\"", "\"999\""] {
        let change = json!({ "priority": "low" });
        let request = admin.request("PUT", &format!("{STAFF}/threads/{theirs}")).header("If-Match", etag);
        request.json(&change).send().refused(404, "not_found");
    }
}

#[test]
fn a04_nobody_writes_to_a_patient_of_another_practice() {
    let app = TestApp::start();
    let provider = app.staff(Role::Provider);
    let theirs = app.hillside().add_patient("Dora Klein", "HS-1");
    let to = |patient: &str| {
        let new = json!({ "patientId": patient, "subject": "Hello", "category": "general", "messageText": "Hello" });
        provider.post(&format!("{STAFF}/threads"), &new)
    };
    let before = checksum(&app);
    let foreign = to(&theirs.to_string());
    foreign.refused(422, "patient_not_found");
    assert_eq!(foreign.without_ids(), to(&unused_id()).without_ids());
    assert_eq!(checksum(&app), before);
}

#[test]
fn a05_nobody_of_another_practice_can_be_assigned() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let hillside = app.hillside().staff(Role::Nurse);
    let their_team = hillside.get("/api/teams").expect(200)["teams"][0]["id"].as_str().unwrap().to_owned();
    let thread = start(&app.patient("Ana Silva"), "medical", "Mine");
    let before = checksum(&app);
    let path = format!("{STAFF}/threads/{thread}");
    for (field, id) in [("assignedTo", hillside.id.to_string()), ("assignedTeam", their_team)] {
        let foreign = nurse.put(&path, &json!({ field: id }));
        foreign.refused(422, "assignee_not_found");
        assert_eq!(foreign.without_ids(), nurse.put(&path, &json!({ field: unused_id() })).without_ids());
    }
    assert_eq!(checksum(&app), before);
}

#[test]
fn a11_a_patient_cannot_be_chosen_by_the_request() {
    let app = TestApp::start();
    let (ana, ben) = (app.patient("Ana Silva"), app.patient("Ben Okafor"));
    let (mine, theirs) = (start(&ana, "general", "Mine"), start(&ben, "general", "Not mine"));
    let other = ben.patient.unwrap().to_string();
    for name in ["patient_id", "patientId", "pid"] {
        ana.get(&format!("{PORTAL}/threads?{name}={other}")).refused(422, "validation_failed");
        let new = json!({ "subject": "S", "category": "general", "messageText": "T", name: other });
        ana.post(&format!("{PORTAL}/threads"), &new).refused(422, "unknown_field");
    }
    let listed =
        ana.request("GET", &format!("{PORTAL}/threads")).header("X-Patient-Id", &other).send().expect(200);
    assert_eq!(listed["threads"].as_array().unwrap().len(), 1);
    assert_eq!(listed["threads"][0]["id"], json!(mine));
    for path in [format!("{PORTAL}/threads/{theirs}"), format!("{PORTAL}/threads/{}", unused_id())] {
        ana.get(&path).refused(404, "not_found");
        ana.post(&format!("{path}/messages"), &json!({ "messageText": "Hello" })).refused(404, "not_found");
        ana.post_empty(&format!("{path}/mark-read")).refused(404, "not_found");
    }
    let chosen = ana.post("/api/patient-portal/auth/acting-for", &json!({ "patientId": other }));
    chosen.refused(404, "not_found");
}

#[test]
fn a13_an_odd_assertion_of_the_practice_never_shows_another() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    start(&app.hillside().patient("Dora Klein"), "medical", "Theirs");
    let path = format!("{STAFF}/threads");
    let hillside = threadwell_testkit::HILLSIDE.to_string();
    for odd in [
        "riverside, hillside",
        "hillside",
        "RIVERSIDE",
        "riverside\u{1}",
        "hillside,riverside",
        "*",
        &hillside,
    ] {
        let answer = nurse.request("GET", &path).header("X-Tenant-ID", odd).send();
        assert!([400, 403].contains(&answer.status), "{odd}: {}", answer.status);
        assert!(!answer.text().contains("Theirs"));
    }
    let twice =
        nurse.request("GET", &path).header("X-Tenant-ID", "riverside").header("X-Tenant-ID", "hillside");
    twice.send().refused(403, "tenant_mismatch");
    let ids = [threadwell_testkit::RIVERSIDE.to_string(), "riverside".to_owned()];
    for good in ids {
        nurse.request("GET", &path).header("X-Tenant-ID", &good).send().expect(200);
    }
}

#[test]
fn a14_a_cursor_serves_only_whom_it_was_made_for() {
    let app = TestApp::start();
    let (nurse, colleague, ana) = (app.staff(Role::Nurse), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let theirs = app.hillside().staff(Role::Nurse);
    let dora = app.hillside().patient("Dora Klein");
    for person in [&ana, &dora, &ana, &dora] {
        start(person, "medical", "Question");
    }
    let page = format!("{STAFF}/threads?limit=1");
    let cursor = |answer: &serde_json::Value| answer["pagination"]["nextCursor"].as_str().unwrap().to_owned();
    let mine = cursor(&nurse.get(&page).expect(200));
    nurse.get(&format!("{page}&cursor={mine}")).expect(200);
    let mut flipped = mine.clone().into_bytes();
    flipped[3] = if flipped[3] == b'A' { b'B' } else { b'A' };
    let portal = cursor(&ana.get(&format!("{PORTAL}/threads?limit=1")).expect(200));
    for bad in [
        cursor(&theirs.get(&page).expect(200)),
        cursor(&colleague.get(&page).expect(200)),
        String::from_utf8(flipped).unwrap(),
        portal.clone(),
        String::new(),
        "x".repeat(5_000),
    ] {
        nurse.get(&format!("{page}&cursor={bad}")).refused(400, "invalid_cursor");
    }
    ana.get(&format!("{PORTAL}/threads?limit=1&cursor={mine}")).refused(400, "invalid_cursor");
    let thread = start(&ana, "prescription", "Two messages");
    let messages = cursor(&nurse.get(&format!("{STAFF}/threads/{thread}?limit=1")).expect(200));
    nurse.get(&format!("{STAFF}/threads/{thread}?limit=1&cursor={messages}")).expect(200);
    nurse.get(&format!("{page}&cursor={messages}")).refused(400, "invalid_cursor");
    let other = start(&ana, "prescription", "Another");
    nurse.get(&format!("{STAFF}/threads/{other}?cursor={messages}")).refused(400, "invalid_cursor");
}

#[test]
fn a16_a_search_finds_nobody_of_another_practice() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let dora = app.hillside().patient("Uniquefirst Uniquelast");
    start(&dora, "medical", "Uniquesubject");
    app.hillside().add_patient("Another Person", "UNIQUE-77");
    for word in ["uniquefirst", "Uniquelast", "uniquesubject", "UNIQUE-77"] {
        let threads = nurse.get(&format!("{STAFF}/threads?search={word}")).expect(200);
        assert_eq!(threads["threads"], json!([]), "{word}");
        let patients = nurse.get(&format!("/api/patients?search={word}")).expect(200);
        assert_eq!(patients["patients"], json!([]), "{word}");
    }
    let found = app.hillside().staff(Role::Nurse).get("/api/patients?search=uniquela").expect(200);
    assert_eq!(found["patients"][0]["fullName"], "Uniquefirst Uniquelast");
}

#[test]
fn a17_one_e_mail_can_have_an_account_in_each_practice() {
    let app = TestApp::start();
    let mut seen = Vec::new();
    for practice in [app.riverside(), app.hillside()] {
        let patient = practice.add_patient("Ana Silva", "A-1");
        let grants = [(patient, Relationship::Myself)];
        let id = practice.add_account("Ana Silva", "ana@example.org", &grants);
        let ana = practice.sign_in_account("ana@example.org", id, Some(patient));
        start(&ana, "general", practice.slug);
        let threads = ana.get(&format!("{PORTAL}/threads")).expect(200)["threads"].clone();
        assert_eq!(threads.as_array().unwrap().len(), 1);
        seen.push(threads[0]["subject"].as_str().unwrap().to_owned());
    }
    assert_eq!(seen, ["riverside", "hillside"]);
    let body = json!({ "email": "ana@example.org", "password": PASSWORD });
    app.request("POST", "/api/patient-portal/auth/login").json(&body).send().refused(400, "tenant_required");
}

#[test]
fn a20_an_id_in_the_body_of_a_message_changes_no_message() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Mine");
    let message = opened_by_patient(&ana, &thread)["messages"][0]["id"].clone();
    let before = checksum(&app);
    let forged = json!({ "id": message, "messageText": "Changed" });
    ana.post(&format!("{PORTAL}/threads/{thread}/messages"), &forged).refused(422, "unknown_field");
    nurse.post(&format!("{STAFF}/threads/{thread}/messages"), &forged).refused(422, "unknown_field");
    assert_eq!(checksum(&app), before);
    assert_eq!(opened(&nurse, &thread)["messages"].as_array().unwrap().len(), 1);
}

#[test]
fn a22_prepared_answers_of_another_practice_are_not_there() {
    let app = TestApp::start();
    let (provider, theirs) = (app.staff(Role::Provider), app.hillside().staff(Role::Admin));
    let new = json!({ "title": "Theirs alone", "category": "general", "responseText": "Hillside" });
    let id = theirs.post(CANNED, &new).expect(201)["id"].as_str().unwrap().to_owned();
    let before = checksum(&app);
    let path = format!("{CANNED}/{id}");
    provider.get(&path).refused(404, "not_found");
    provider.put(&path, &json!({ "title": "Mine" })).refused(404, "not_found");
    provider.delete(&path).refused(404, "not_found");
    assert!(!provider.get(CANNED).text().contains("Theirs alone"));
    assert_eq!(checksum(&app), before);
}
