//! What the staff's thread endpoints answer.

use crate::support::{PORTAL, STAFF, change, opened, reply, start, unused_id, write};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use threadwell_domain::access::Role;
use threadwell_testkit::TestApp;

const THREAD: &str = "archivedAt assignedTeam assignedTeamName assignedTo assignedToName category closeReason closedAt \
    createdAt createdByPatient id integrity isConfidential isReadByStaff isStarred lastMessageAt lastMessageBy \
    lastMessagePreview linkedThreadId messageCount patientId patientMrn patientName priority status subject \
    unreadCount updatedAt version";
const MESSAGE: &str = "attachments hasAttachments id integrity isInternalNote mentions messageText revisedAt senderId \
    senderName senderTitle senderType sentAt sentByProxy";

pub(crate) fn members(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

pub(crate) fn words(text: &str) -> BTreeSet<&str> {
    text.split_whitespace().collect()
}

#[test]
fn a_thread_has_these_members_in_the_list_and_more_when_opened() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "prescription", "Refill");
    let page = nurse.get(&format!("{STAFF}/threads")).expect(200);
    assert_eq!(members(&page), words("pagination threads"));
    assert_eq!(page["pagination"], json!({ "limit": 50, "nextCursor": null, "hasMore": false }));
    assert_eq!(members(&page["threads"][0]), words(THREAD));
    let view = opened(&nurse, &thread);
    assert_eq!(members(&view), words("messages pagination thread"));
    let mut detail = words(THREAD);
    detail.extend(words("earlierThreads links ownLastReadMessageId patient patientSeen staffSeen"));
    assert_eq!(members(&view["thread"]), detail);
    assert_eq!(members(&view["messages"][0]), words(MESSAGE));
    let panel = "birthDate email fullName id language mrn phone portalAccount proxies";
    assert_eq!(members(&view["thread"]["patient"]), words(panel));
    assert_eq!(view["thread"]["createdAt"], "2026-11-22T09:00:00.000Z");
    assert_eq!(view["thread"]["patient"]["portalAccount"], true);
}

#[test]
fn staff_start_a_thread_that_waits_for_the_patient() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let new = json!({
        "patientId": ana.patient.unwrap().to_string(), "subject": "Your results", "category": "medical",
        "messageText": "They look fine.",
    });
    let started = nurse.post(&format!("{STAFF}/threads"), &new).expect(201);
    assert_eq!(members(&started), words("messageId threadId"));
    let view = opened(&nurse, started["threadId"].as_str().unwrap())["thread"].clone();
    for (field, value) in [
        ("status", json!("waiting-patient")),
        ("assignedTo", json!(nurse.id)),
        ("createdByPatient", json!(false)),
        ("messageCount", json!(1)),
        ("lastMessageBy", json!("staff")),
    ] {
        assert_eq!(view[field], value, "{field}");
    }
    assert_eq!(ana.get(&format!("{PORTAL}/unread-count")).expect(200)["count"], 1);
    let desk = app.staff(Role::FrontDesk);
    desk.post(&format!("{STAFF}/threads"), &new).refused(403, "forbidden");
    let blank = json!({
        "patientId": ana.patient.unwrap().to_string(), "subject": "S", "category": "general",
        "messageText": "Dear [name]", "attachmentIds": [],
    });
    nurse.post(&format!("{STAFF}/threads"), &blank).refused(422, "unfilled_placeholder");
}

#[test]
fn an_upload_that_nobody_made_cannot_be_sent() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let body = json!({ "messageText": "See", "attachmentIds": [unused_id()] });
    nurse.post(&format!("{STAFF}/threads/{thread}/messages"), &body).refused(422, "attachment_not_found");
    ana.post(&format!("{PORTAL}/threads/{thread}/messages"), &body).refused(422, "attachment_not_found");
}

#[test]
fn reading_is_marked_and_taken_back_for_oneself() {
    let app = TestApp::start();
    let (nurse, colleague, ana) = (app.staff(Role::Nurse), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    write(&ana, &thread, "More").expect(201);
    let path = format!("{STAFF}/threads/{thread}");
    let unread = |person: &threadwell_testkit::Person| {
        person.get(&format!("{STAFF}/unread-count")).expect(200)["count"].clone()
    };
    opened(&nurse, &thread);
    assert_eq!(
        (unread(&nurse), opened(&nurse, &thread)["thread"]["unreadCount"].clone()),
        (json!(1), json!(2))
    );
    let first = opened(&nurse, &thread)["messages"][0]["id"].clone();
    nurse.post(&format!("{path}/mark-read"), &json!({ "messageId": first })).expect(204);
    assert_eq!(opened(&nurse, &thread)["thread"]["unreadCount"], 1);
    nurse.post_empty(&format!("{path}/mark-read")).expect(204);
    nurse.post(&format!("{path}/mark-read"), &json!({ "messageId": first })).expect(204);
    assert_eq!(opened(&nurse, &thread)["thread"]["unreadCount"], 0, "it never moves back");
    assert_eq!((unread(&nurse), unread(&colleague)), (json!(0), json!(0)), "somebody of the staff has read");
    assert_eq!(opened(&colleague, &thread)["thread"]["unreadCount"], 2);
    nurse.post_empty(&format!("{path}/mark-unread")).expect(204);
    assert!(opened(&nurse, &thread)["thread"]["unreadCount"].as_i64() >= Some(1));
    reply(&nurse, &thread, "An answer").expect(201);
    assert_eq!(opened(&nurse, &thread)["thread"]["unreadCount"], 0, "an answer moves its author's cursor");
}

#[test]
fn the_inbox_pages_without_gaps_while_it_moves() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    for number in 0..7 {
        app.clock().advance(chrono::Duration::seconds(1));
        start(&ana, "general", &format!("Thread {number}"));
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = nurse.get(&format!("{STAFF}/threads?limit=2{cursor}")).expect(200);
        let subjects = page["threads"].as_array().unwrap().iter().map(|one| one["subject"].clone());
        seen.extend(subjects);
        match page["pagination"]["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
        assert_eq!(page["pagination"]["hasMore"], true);
    }
    let expected: Vec<_> = (0..7).rev().map(|number| json!(format!("Thread {number}"))).collect();
    assert_eq!(seen, expected);
}

#[test]
fn a_change_answers_with_the_thread_and_its_new_version() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Qestion");
    let before = nurse.get(&format!("{STAFF}/threads/{thread}"));
    let answer = change(&nurse, &thread, &json!({ "subject": "Question", "priority": "high" }));
    let view = answer.expect(200)["thread"].clone();
    assert_eq!((view["subject"].as_str(), view["priority"].as_str()), (Some("Question"), Some("high")));
    assert_eq!(answer.header("etag"), Some(format!("\"{}\"", view["version"]).as_str()));
    assert_ne!(answer.header("etag"), before.header("etag"));
    let same = change(&nurse, &thread, &json!({ "subject": "Question" }));
    assert_eq!(same.header("etag"), answer.header("etag"), "what changes nothing is no new version");
}
