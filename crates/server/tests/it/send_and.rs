//! A reply and what follows it in the same breath.

use crate::support::{STAFF, audited, checksum, opened, opened_by_patient, start};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, Person, TestApp};

fn send(staff: &Person, thread: &str, more: &Value) -> Answer {
    let mut body = json!({ "messageText": "All done." });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    staff.post(&format!("{STAFF}/threads/{thread}/messages"), &body)
}

#[test]
fn a_reply_closes_its_thread_in_one_act() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    send(&nurse, &thread, &json!({ "then": "close" })).expect(201);
    let view = opened(&nurse, &thread)["thread"].clone();
    assert_eq!((&view["status"], &view["messageCount"]), (&json!("closed"), &json!(2)));
    assert_eq!(opened_by_patient(&ana, &thread)["thread"]["status"], "closed");
    assert_eq!(audited(&app, "message.send_and_close", "done"), 1);
    app.run_worker();
    assert_eq!(
        app.mails().iter().filter(|mail| mail.to.contains("person")).count(),
        1,
        "the patient is told"
    );
}

#[test]
fn a_reply_asks_a_provider_in_one_act_by_who_may() {
    let app = TestApp::start();
    let (nurse, desk, ana) = (app.staff(Role::Nurse), app.staff(Role::FrontDesk), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let before = checksum(&app);
    send(&desk, &thread, &json!({ "then": "wait-for-provider" })).refused(403, "forbidden");
    assert_eq!(checksum(&app), before);
    send(&nurse, &thread, &json!({ "then": "wait-for-provider" })).expect(201);
    assert_eq!(opened(&nurse, &thread)["thread"]["status"], "waiting-provider");
    assert_eq!(audited(&app, "message.send_for_review", "done"), 1);
}

#[test]
fn what_is_refused_is_refused_whole() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let before = checksum(&app);
    let note = send(&nurse, &thread, &json!({ "then": "close", "isInternalNote": true }));
    assert_eq!(note.refused(422, "validation_failed")["errors"][0]["pointer"], "/then");
    for bad in [json!("archive"), json!(null), json!({ "close": null })] {
        let refused = send(&nurse, &thread, &json!({ "then": bad })).refused(422, "validation_failed");
        assert_eq!(refused["errors"][0]["pointer"], "/then");
    }
    let blank = json!({ "messageText": "Dear [name of patient]", "then": "close" });
    nurse.post(&format!("{STAFF}/threads/{thread}/messages"), &blank).refused(422, "unfilled_placeholder");
    assert_eq!(checksum(&app), before);
    nurse.post_empty(&format!("{STAFF}/threads/{thread}/close")).expect(200);
    send(&nurse, &thread, &json!({ "then": "close" })).refused(409, "illegal_transition");
    assert_eq!(opened(&nurse, &thread)["messages"].as_array().unwrap().len(), 1);
}

#[test]
fn a_reply_that_closes_and_is_sent_again_is_one() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let body = json!({ "messageText": "All done.", "then": "close" });
    let once = || {
        let path = format!("{STAFF}/threads/{thread}/messages");
        nurse.request("POST", &path).header("Idempotency-Key", "k").json(&body).send().expect(201)
    };
    assert_eq!(once(), once());
    assert_eq!(opened(&nurse, &thread)["thread"]["messageCount"], 2);
}
