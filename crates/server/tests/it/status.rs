//! The status table over HTTP.

use crate::support::{STAFF, change, checksum, opened, reply, start, write};
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

fn status(staff: &Person, thread: &str) -> String {
    opened(staff, thread)["thread"]["status"].as_str().unwrap().to_owned()
}

#[test]
fn what_waits_for_a_provider_only_a_provider_answers() {
    let app = TestApp::start();
    let (assistant, provider) = (app.staff(Role::MedicalAssistant), app.staff(Role::Provider));
    let (desk, ana) = (app.staff(Role::FrontDesk), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    change(&desk, &thread, &json!({ "status": "waiting-provider" })).refused(403, "forbidden");
    change(&assistant, &thread, &json!({ "status": "waiting-provider" })).expect(200);
    reply(&assistant, &thread, "The doctor is looking at it.").expect(201);
    write(&ana, &thread, "Good").expect(201);
    assert_eq!(status(&provider, &thread), "waiting-provider");
    change(&assistant, &thread, &json!({ "status": "waiting-patient" })).refused(403, "forbidden");
    change(&assistant, &thread, &json!({ "status": "in-progress" })).expect(200);
    change(&assistant, &thread, &json!({ "status": "waiting-provider" })).expect(200);
    let approved = change(&provider, &thread, &json!({ "status": "waiting-patient" })).expect(200);
    assert_eq!(approved["thread"]["status"], "waiting-patient");
    change(&assistant, &thread, &json!({ "status": "waiting-provider" })).expect(200);
    reply(&provider, &thread, "Approved.").expect(201);
    assert_eq!(status(&provider, &thread), "waiting-patient");
}

#[test]
fn closing_and_reopening_have_addresses_of_their_own() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let path = format!("{STAFF}/threads/{thread}");
    change(&nurse, &thread, &json!({ "status": "closed" })).refused(409, "illegal_transition");
    nurse.post_empty(&format!("{path}/reopen")).refused(409, "illegal_transition");
    let closed = nurse.post(&format!("{path}/close"), &json!({ "reason": "Answered by phone" })).expect(200);
    assert_eq!(closed["thread"]["closeReason"], "Answered by phone");
    let before = checksum(&app);
    nurse.post_empty(&format!("{path}/close")).refused(409, "illegal_transition");
    for other in ["open", "in-progress", "waiting-patient", "waiting-provider", "closed"] {
        change(&nurse, &thread, &json!({ "status": other })).refused(409, "illegal_transition");
    }
    assert_eq!(checksum(&app), before);
    assert_eq!(nurse.post_empty(&format!("{path}/reopen")).expect(200)["thread"]["status"], "open");
}

#[test]
fn an_assignment_comes_first_and_a_status_beside_it_wins() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let both = json!({ "assignedTo": nurse.id, "status": "waiting-patient" });
    assert_eq!(change(&nurse, &thread, &both).expect(200)["thread"]["status"], "waiting-patient");
    let teams = nurse.get("/api/teams").expect(200)["teams"].as_array().unwrap().clone();
    let triage = teams.iter().find(|team| team["categories"].as_array().unwrap().contains(&json!("general")));
    let team = triage.unwrap()["id"].clone();
    let to_team = change(&nurse, &thread, &json!({ "assignedTeam": team })).expect(200);
    assert_eq!((&to_team["thread"]["assignedTo"], &to_team["thread"]["assignedTeam"]), (&json!(null), &team));
    let nobody = change(&nurse, &thread, &json!({ "assignedTo": null })).expect(200);
    assert_eq!(nobody["thread"]["assignedTeam"], json!(null));
    assert_eq!(nobody["thread"]["status"], "waiting-patient");
}

#[test]
fn priorities_follow_the_category_and_staff_may_set_them() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    for (category, priority) in [
        ("general", "low"),
        ("prescription", "normal"),
        ("appointment", "normal"),
        ("billing", "low"),
        ("medical", "high"),
        ("other", "normal"),
    ] {
        let thread = start(&ana, category, "Question");
        assert_eq!(opened(&nurse, &thread)["thread"]["priority"], priority, "{category}");
    }
}

#[test]
fn a_thread_moved_out_of_ones_categories_is_gone_for_one() {
    let app = TestApp::start();
    let (desk, nurse, ana) = (app.staff(Role::FrontDesk), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    change(&desk, &thread, &json!({ "assignedTo": desk.id })).expect(200);
    let moved = change(&desk, &thread, &json!({ "category": "billing" }));
    assert!([200, 404].contains(&moved.status), "{}", moved.text());
    desk.get(&format!("{STAFF}/threads/{thread}")).refused(404, "not_found");
    let seen = opened(&nurse, &thread)["thread"].clone();
    assert_eq!((&seen["category"], &seen["assignedTo"]), (&json!("billing"), &json!(null)));
}
