//! The main job, whole: a patient asks for a refill, the care team answers, and it can go on.

use crate::support::{PORTAL, STAFF, change, note, opened, opened_by_patient, write};
use chrono::Duration;
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::TestApp;

const APPROVED: &str = "Your prescription refill has been approved and sent to your pharmacy.";
const NOTE: &str = "Checked the chart: last visit in May, no change.";

#[test]
fn a_patient_asks_and_the_care_team_answers() {
    let app = TestApp::builder().with_smtp().start();
    let (assistant, ana) = (app.staff(Role::MedicalAssistant), app.patient("Ana Silva"));

    // She asks, and the practice's automatic reply is there at once.
    let request = json!({
        "subject": "Tretinoin refill", "category": "prescription",
        "messageText": "I am almost out of my tretinoin cream.",
    });
    let started = ana.post(&format!("{PORTAL}/threads"), &request).expect(201);
    let thread = started["threadId"].as_str().unwrap().to_owned();
    let view = opened_by_patient(&ana, &thread);
    assert_eq!(view["messages"][0]["messageText"], request["messageText"]);
    assert_eq!(view["messages"][1]["senderType"], "system");
    assert_eq!(view["messages"][1]["senderName"], "Automated System");
    assert_eq!(view["thread"]["unreadCount"], 0);

    // It is in the inbox: open, unread, of normal priority, assigned to nobody.
    let inbox = assistant.get(&format!("{STAFF}/threads?unreadOnly=true")).expect(200);
    let row = &inbox["threads"][0];
    for (field, value) in [
        ("id", json!(thread)),
        ("status", json!("open")),
        ("priority", json!("normal")),
        ("assignedTo", json!(null)),
        ("isReadByStaff", json!(false)),
        ("createdByPatient", json!(true)),
        ("patientName", json!("Ana Silva")),
        ("lastMessageBy", json!("system")),
        ("messageCount", json!(2)),
    ] {
        assert_eq!(row[field], value, "{field}");
    }

    // The team on duty hears of it without a word of it.
    app.run_worker();
    let mails = app.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(
        (mails[0].to.as_str(), mails[0].subject.as_str()),
        (assistant.email.as_str(), "New Patient Message - Action Required")
    );
    assert!(!mails[0].raw.to_lowercase().contains("tretinoin") && !mails[0].raw.contains("Silva"));

    // The assistant reads it, takes it, and leaves a note.
    assistant.post_empty(&format!("{STAFF}/threads/{thread}/mark-read")).expect(204);
    let taken = change(&assistant, &thread, &json!({ "assignedTo": assistant.id })).expect(200);
    assert_eq!(taken["thread"]["status"], "in-progress");
    assert_eq!(taken["thread"]["assignedTo"], json!(assistant.id));
    let before = opened_by_patient(&ana, &thread);
    note(&assistant, &thread, NOTE).expect(201);
    assert_eq!(opened_by_patient(&ana, &thread), before, "the patient sees nothing of a note");
    assert_eq!(opened(&assistant, &thread)["messages"][2]["isInternalNote"], true);

    // The prepared answer, edited, goes out; what still has a blank does not.
    let prepared = assistant.get("/api/canned-responses?search=Prescription%20Approved").expect(200);
    assert_eq!(prepared["cannedResponses"][0]["title"], "Prescription Approved");
    let messages = format!("{STAFF}/threads/{thread}/messages");
    let blank = json!({ "messageText": "Pick it up at [name of pharmacy]." });
    assistant.post(&messages, &blank).refused(422, "unfilled_placeholder");
    assistant.post(&messages, &json!({ "messageText": APPROVED })).expect(201);
    assert_eq!(opened(&assistant, &thread)["thread"]["status"], "waiting-patient");

    // The patient gets a mail that says nothing, reads, and answers.
    app.run_worker();
    let mails = app.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(
        (mails[1].to.as_str(), mails[1].subject.as_str()),
        (ana.email.as_str(), "You have a new message from your healthcare provider")
    );
    assert!(!mails[1].raw.contains("refill") && !mails[1].raw.contains("Ana Silva"));
    assert_eq!(
        ana.get(&format!("{PORTAL}/unread-count")).expect(200),
        json!({ "count": 1, "capped": false })
    );
    let view = opened_by_patient(&ana, &thread);
    assert_eq!(view["messages"][2]["messageText"], APPROVED);
    assert_eq!(view["thread"]["messageCount"], 3);
    ana.post_empty(&format!("{PORTAL}/threads/{thread}/mark-read")).expect(204);
    assert_eq!(ana.get(&format!("{PORTAL}/unread-count")).expect(200)["count"], 0);
    write(&ana, &thread, "Thank you!").expect(201);
    assert_eq!(opened(&assistant, &thread)["thread"]["status"], "in-progress");
    app.run_worker();
    assert_eq!(app.mails()[2].to, assistant.email, "the assignee hears of the answer");

    // Staff close it; within the window the patient opens it again.
    let closed =
        assistant.post(&format!("{STAFF}/threads/{thread}/close"), &json!({ "reason": "Refill sent" }));
    assert_eq!(closed.expect(200)["thread"]["status"], "closed");
    app.clock().advance(Duration::days(13));
    let ana =
        app.riverside().sign_in_account(&ana.email, threadwell_domain::AccountId::new(ana.id), ana.patient);
    let again = write(&ana, &thread, "One more question.").expect(201);
    assert_eq!(again.get("threadId"), None);
    assert_eq!(opened_by_patient(&ana, &thread)["thread"]["status"], "open");
    assert!(!opened_by_patient(&ana, &thread).to_string().contains(NOTE));
}

#[test]
fn after_the_window_an_answer_starts_a_linked_thread() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let old = crate::support::start(&ana, "prescription", "Refill");
    nurse.post_empty(&format!("{STAFF}/threads/{old}/close")).expect(200);
    app.clock().advance(Duration::days(15));
    let ana =
        app.riverside().sign_in_account(&ana.email, threadwell_domain::AccountId::new(ana.id), ana.patient);
    let answer = write(&ana, &old, "It is back.").expect(201);
    let new = answer["threadId"].as_str().unwrap();
    assert_ne!(new, old);
    let view = opened_by_patient(&ana, new);
    assert_eq!(view["thread"]["linkedThreadId"], json!(old));
    assert_eq!(view["thread"]["status"], "open");
    assert_eq!(view["messages"].as_array().unwrap().len(), 1, "no automatic reply in a thread that goes on");
    assert_eq!(opened_by_patient(&ana, &old)["thread"]["status"], "closed");
}
