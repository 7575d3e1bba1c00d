//! Internal notes: nothing that a patient can see, count or time moves with one.

use crate::support::{
    PORTAL, STAFF, audited, checksum, note, opened, opened_by_patient, reply, start, write,
};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

/// An answer's status, headers and body.
type View = (u16, Vec<(String, String)>, Value);

/// Everything that the portal answers about a thread, with its headers.
fn portal_views(patient: &Person, thread: &str) -> Vec<View> {
    [
        format!("{PORTAL}/threads"),
        format!("{PORTAL}/threads/{thread}"),
        format!("{PORTAL}/threads/{thread}?limit=2"),
        format!("{PORTAL}/unread-count"),
        format!("{PORTAL}/threads?search=canarynote"),
        format!("{PORTAL}/threads?unreadOnly=true"),
        format!("{PORTAL}/threads/{thread}/draft"),
        "/api/patient-portal/auth/me".to_owned(),
    ]
    .iter()
    .map(|path| patient.get(path).without_ids())
    .collect()
}

#[test]
fn a03_a_note_moves_nothing_that_the_portal_shows() {
    let app = TestApp::start();
    let (nurse, provider, ana) =
        (app.staff(Role::Nurse), app.staff(Role::Provider), app.patient("Ana Silva"));
    let (first, second) = (start(&ana, "prescription", "First"), start(&ana, "medical", "Second"));
    reply(&nurse, &first, "An answer").expect(201);
    app.run_worker();
    let (views, mails) = (portal_views(&ana, &first), app.mails().len());
    let etag = |person: &Person, path: String| person.get(&path).header("etag").map(str::to_owned);
    let staff_etag = etag(&nurse, format!("{STAFF}/threads/{first}"));
    for _ in 0..3 {
        app.clock().advance(chrono::Duration::minutes(2));
        note(&nurse, &first, "Canarynote about the patient").expect(201);
        note(&provider, &second, "Canarynote too").expect(201);
        let draft = json!({ "kind": "note", "text": "Canarynote to come" });
        nurse.put(&format!("{STAFF}/threads/{first}/draft"), &draft).expect(204);
    }
    app.run_worker();
    assert_eq!(portal_views(&ana, &first), views);
    assert_eq!(app.mails().len(), mails);
    assert_eq!(etag(&nurse, format!("{STAFF}/threads/{first}")), staff_etag);
    let seen = opened(&nurse, &first);
    assert_eq!(seen["thread"]["messageCount"], 3);
    assert_eq!(seen["thread"]["lastMessagePreview"], "An answer");
    assert_eq!(seen["messages"].as_array().unwrap().len(), 6);
}

#[test]
fn a_note_makes_no_reply_stale_and_a_patient_is_never_told_of_one() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let last = opened_by_patient(&ana, &thread)["messages"][0]["id"].clone();
    let noted = note(&nurse, &thread, "Canarynote").expect(201)["messageId"].clone();
    let path = format!("{PORTAL}/threads/{thread}");
    let body = json!({ "messageText": "More", "lastSeenMessageId": last });
    ana.post(&format!("{path}/messages"), &body).expect(201);
    // The id of a note is no id of a message for a patient.
    let with = |message: &Value| ana.post(&format!("{path}/mark-read"), &json!({ "messageId": message }));
    let random = json!(crate::support::unused_id());
    assert_eq!(with(&noted).without_ids(), with(&random).without_ids());
    let send = |seen: &Value| {
        ana.post(&format!("{path}/messages"), &json!({ "messageText": "x", "lastSeenMessageId": seen }))
    };
    assert_eq!(send(&noted).without_ids(), send(&random).without_ids());
    assert!(!with(&noted).text().contains("Canary"));
}

#[test]
fn e02_notes_leave_no_gap_in_what_a_patient_pages_through() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    for round in 0..6 {
        note(&nurse, &thread, "Canarynote").expect(201);
        write(&ana, &thread, &format!("Message {round}")).expect(201);
        note(&nurse, &thread, "Canarynote").expect(201);
    }
    let (mut texts, mut cursor, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page = ana.get(&format!("{PORTAL}/threads/{thread}?limit=2{cursor}")).expect(200);
        let messages = page["messages"].as_array().unwrap().clone();
        assert!(!page.to_string().contains("seq") && !page.to_string().contains("Canarynote"));
        let page_texts = messages.iter().map(|message| message["messageText"].as_str().unwrap().to_owned());
        texts.splice(0..0, page_texts);
        pages += 1;
        match page["pagination"]["nextCursor"].as_str() {
            Some(next) => {
                assert_eq!(messages.len(), 2, "pages are full while there are more");
                cursor = format!("&cursor={next}");
            }
            None => break,
        }
    }
    assert_eq!((texts.len(), pages), (7, 4));
    assert_eq!(texts[1..], (0..6).map(|round| format!("Message {round}")).collect::<Vec<_>>());
}

#[test]
fn e05_no_address_turns_a_note_into_a_message() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let noted = note(&nurse, &thread, "Canarynote").expect(201)["messageId"].as_str().unwrap().to_owned();
    let before = checksum(&app);
    let path = format!("{STAFF}/threads/{thread}/messages");
    let change = json!({ "isInternalNote": false });
    nurse.request("PATCH", &path).json(&change).send().refused(405, "method_not_allowed");
    for method in ["PUT", "PATCH", "DELETE", "POST"] {
        let answer = nurse.request(method, &format!("{path}/{noted}")).json(&change).send();
        assert!([404, 405].contains(&answer.status), "{method}: {}", answer.status);
    }
    assert_eq!(checksum(&app), before);
}

#[test]
fn a_closed_thread_takes_notes_but_no_reply() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    nurse.post_empty(&format!("{STAFF}/threads/{thread}/close")).expect(200);
    reply(&nurse, &thread, "Too late").refused(409, "illegal_transition");
    note(&nurse, &thread, "For the record").expect(201);
    assert_eq!(opened(&nurse, &thread)["thread"]["status"], "closed");
}

#[test]
fn e08_a_patient_opens_a_closed_thread_again_and_that_is_recorded() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    nurse.post(&format!("{STAFF}/threads/{thread}/close"), &json!({ "reason": "Done" })).expect(200);
    let before = audited(&app, "portal.message.send", "done");
    write(&ana, &thread, "Not yet").expect(201);
    assert_eq!(audited(&app, "portal.message.send", "done"), before + 1);
    let seen = opened(&nurse, &thread)["thread"].clone();
    assert_eq!(
        (seen["status"].as_str(), seen["closedAt"].is_null(), seen["closeReason"].is_null()),
        (Some("open"), true, true)
    );
}

#[test]
fn e09_bodies_that_changed_places_are_not_shown() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    write(&ana, &thread, "Another text").expect(201);
    app.sql(
        "UPDATE message m SET body_enc = o.body_enc FROM message o \
         WHERE o.tenant_id = m.tenant_id AND o.thread_id = m.thread_id AND o.id <> m.id",
    );
    for view in [opened(&nurse, &thread), opened_by_patient(&ana, &thread)] {
        for message in view["messages"].as_array().unwrap() {
            assert_eq!(message["messageText"], json!(null));
            assert_eq!(message["integrity"], "failed");
        }
        assert_eq!(view["messages"].as_array().unwrap().len(), 2);
    }
}
