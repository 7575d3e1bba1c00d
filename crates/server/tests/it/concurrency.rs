//! People who act at the same time.

use crate::support::{PORTAL, STAFF, at_once, checksum, opened, opened_by_patient, reply, start, write};
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::TestApp;

#[test]
fn g09_a_version_that_was_given_binds() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let path = format!("{STAFF}/threads/{thread}");
    let put = |etag: &str, priority: &str| {
        nurse.request("PUT", &path).header("If-Match", etag).json(&json!({ "priority": priority })).send()
    };
    let etag = nurse.get(&path).header("etag").unwrap().to_owned();
    let other = start(&ana, "prescription", "Another");
    reply(&nurse, &other, "Moves on").expect(201);
    let foreign = nurse.get(&format!("{STAFF}/threads/{other}")).header("etag").unwrap().to_owned();
    assert_ne!(etag, foreign);
    let before = checksum(&app);
    for bad in ["*", &format!("W/{etag}"), "\"999\"", &foreign, "", "1", &format!("{etag}, {etag}"), "\"01\""]
    {
        put(bad, "urgent").refused(412, "version_mismatch");
    }
    let twice = nurse.request("PUT", &path).header("If-Match", &etag).header("If-Match", &etag);
    twice.json(&json!({ "priority": "urgent" })).send().refused(412, "version_mismatch");
    assert_eq!(checksum(&app), before);
    let changed = put(&etag, "urgent");
    changed.expect(200);
    let next = changed.header("etag").unwrap().to_owned();
    assert_ne!(next, etag);
    put(&etag, "low").refused(412, "version_mismatch");
    for act in ["close", "reopen"] {
        let request = nurse.request("POST", &format!("{path}/{act}")).header("If-Match", &etag);
        request.send().refused(412, "version_mismatch");
    }
    nurse.put(&path, &json!({ "priority": "low" })).expect(200);
}

#[test]
fn of_racing_changes_to_one_version_one_wins() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let path = format!("{STAFF}/threads/{}", start(&ana, "general", "Question"));
    let etag = nurse.get(&path).header("etag").unwrap().to_owned();
    let answers = at_once(8, |number| {
        let change = json!({ "subject": format!("Subject {number}") });
        nurse.request("PUT", &path).header("If-Match", &etag).json(&change).send()
    });
    let won = answers.iter().filter(|answer| answer.status == 200).count();
    let lost = answers.iter().filter(|answer| answer.status == 412).count();
    assert_eq!((won, lost), (1, 7));
}

#[test]
fn nobody_answers_blind() {
    let app = TestApp::start();
    let (nurse, provider, ana) =
        (app.staff(Role::Nurse), app.staff(Role::Provider), app.patient("Ana Silva"));
    let thread = start(&ana, "prescription", "Refill");
    let seen = opened(&nurse, &thread)["messages"][0]["id"].clone();
    let answer = |seen: &serde_json::Value| {
        let body = json!({ "messageText": "My answer", "lastSeenMessageId": seen });
        nurse.post(&format!("{STAFF}/threads/{thread}/messages"), &body)
    };
    answer(&seen).expect(201);
    let seen = opened(&nurse, &thread)["messages"].as_array().unwrap().last().unwrap()["id"].clone();
    reply(&provider, &thread, "The provider's word").expect(201);
    write(&ana, &thread, "And mine").expect(201);
    let problem = answer(&seen).refused(409, "stale_reply");
    let texts: Vec<_> =
        problem["missed"].as_array().unwrap().iter().map(|one| one["messageText"].clone()).collect();
    assert_eq!(texts, [json!("The provider's word"), json!("And mine")]);
    let first = opened_by_patient(&ana, &thread)["messages"][0]["id"].clone();
    let body = json!({ "messageText": "Hello?", "lastSeenMessageId": first });
    let problem = ana.post(&format!("{PORTAL}/threads/{thread}/messages"), &body).refused(409, "stale_reply");
    assert!(problem["missed"][0].get("isInternalNote").is_none());
    assert_eq!(
        problem["missed"].as_array().unwrap().len(),
        2,
        "staff's words; one's own and automatic ones aside"
    );
}

#[test]
fn messages_written_at_once_all_come_in_an_order_that_everybody_sees() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let thread = start(&ana, "general", "Question");
    let answers = at_once(12, |number| {
        let text = format!("Message {number}");
        if number % 2 == 0 { reply(&nurse, &thread, &text) } else { write(&ana, &thread, &text) }
    });
    answers.iter().for_each(|answer| drop(answer.expect(201)));
    let ids = |view: serde_json::Value| -> Vec<String> {
        view["messages"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
    };
    let (staff, patient) = (ids(opened(&nurse, &thread)), ids(opened_by_patient(&ana, &thread)));
    assert_eq!(staff.len(), 13);
    assert_eq!(staff, patient);
    assert_eq!(opened(&nurse, &thread)["thread"]["messageCount"], 13);
}
