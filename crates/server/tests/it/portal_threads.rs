//! What the portal's thread endpoints answer, and never do.

use crate::staff_threads::{members, words};
use crate::support::{PORTAL, STAFF, opened_by_patient, reply, start, write};
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::TestApp;

const THREAD: &str = "category closedAt createdAt createdByPatient id integrity isConfidential lastMessageAt \
    lastMessageBy lastMessagePreview linkedThreadId messageCount patientId patientName reopensUntil \
    seenByCareTeamAt status subject unreadCount updatedAt";
const MESSAGE: &str = "attachments hasAttachments id integrity isOwn messageText revisedAt senderName senderTitle \
    senderType sentAt sentByProxy";
const STAFF_ONLY: [&str; 11] = [
    "assignedTo",
    "assignedToName",
    "assignedTeam",
    "isReadByStaff",
    "patientMrn",
    "isInternalNote",
    "priority",
    "version",
    "seq",
    "senderId",
    "mentions",
];

#[test]
fn the_portals_shapes_carry_nothing_of_the_staffs() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "prescription", "Refill");
    nurse
        .put(&format!("{STAFF}/threads/{thread}"), &json!({ "assignedTo": nurse.id, "priority": "urgent" }))
        .expect(200);
    reply(&nurse, &thread, "An answer").expect(201);
    let page = ana.get(&format!("{PORTAL}/threads")).expect(200);
    assert_eq!(members(&page["threads"][0]), words(THREAD));
    let view = opened_by_patient(&ana, &thread);
    assert_eq!(members(&view), words("messages ownLastReadMessageId pagination thread"));
    assert_eq!(members(&view["thread"]), words(THREAD));
    for message in view["messages"].as_array().unwrap() {
        assert_eq!(members(message), words(MESSAGE));
    }
    assert_eq!(view["messages"][2]["senderTitle"], "RN");
    for text in [page.to_string(), view.to_string()] {
        for name in STAFF_ONLY {
            assert!(!text.contains(&format!("\"{name}\"")), "{name}");
        }
    }
}

#[test]
fn a_patient_sees_that_the_care_team_has_read_and_not_who() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    assert_eq!(opened_by_patient(&ana, &thread)["thread"]["seenByCareTeamAt"], json!(null));
    nurse.post_empty(&format!("{STAFF}/threads/{thread}/mark-read")).expect(204);
    let view = opened_by_patient(&ana, &thread);
    assert_eq!(view["thread"]["seenByCareTeamAt"], "2026-11-22T09:00:00.000Z");
    assert!(!view.to_string().contains("Somebody nurse"));
}

#[test]
fn filters_narrow_the_portals_list() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let answered = start(&ana, "prescription", "Refill");
    start(&ana, "billing", "Bill");
    reply(&nurse, &answered, "An answer").expect(201);
    for (query, count) in [
        ("", 2),
        ("category=billing", 1),
        ("status=waiting-patient", 1),
        ("unreadOnly=true", 1),
        ("search=bil", 1),
        ("limit=1", 1),
        ("category=billing,prescription", 2),
    ] {
        let page = ana.get(&format!("{PORTAL}/threads?{query}")).expect(200);
        assert_eq!(page["threads"].as_array().unwrap().len(), count, "{query}");
    }
}

#[test]
fn a_closed_thread_says_until_when_an_answer_opens_it_again() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    nurse
        .post(&format!("{STAFF}/threads/{thread}/close"), &json!({ "reason": "For staff alone" }))
        .expect(200);
    let view = opened_by_patient(&ana, &thread);
    assert_eq!(view["thread"]["reopensUntil"], "2026-12-06T09:00:00.000Z");
    assert!(!view.to_string().contains("For staff alone"));
    write(&ana, &thread, "Still here").expect(201);
    assert_eq!(opened_by_patient(&ana, &thread)["thread"]["reopensUntil"], json!(null));
}
