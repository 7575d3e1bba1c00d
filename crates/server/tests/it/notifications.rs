//! Word to single members of the staff: of mentions, and of threads that a colleague gave them.

use crate::bulk::{bulk, undo};
use crate::support::{PORTAL, STAFF, change, opened, reply, start, unused_id};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

const PATH: &str = "/api/notifications";

fn mention(staff: &Person, thread: &str, whom: &[&Person]) -> String {
    let ids: Vec<_> = whom.iter().map(|person| person.id).collect();
    let body = json!({ "messageText": "Please look", "isInternalNote": true, "mentions": ids });
    let sent = staff.post(&format!("{STAFF}/threads/{thread}/messages"), &body).expect(201);
    sent["messageId"].as_str().unwrap().to_owned()
}

fn listed(staff: &Person) -> Vec<Value> {
    staff.get(PATH).expect(200)["notifications"].as_array().unwrap().clone()
}

fn unread(staff: &Person) -> Value {
    staff.get(&format!("{PATH}?limit=1")).expect(200)["unread"]["count"].clone()
}

/// How many changes of the kind were told to the person alone.
fn told(app: &TestApp, person: &Person) -> i64 {
    app.number_of(&format!("SELECT count(*) FROM change WHERE kind = 11 AND staff_id = '{}'", person.id))
}

#[test]
fn who_is_mentioned_is_told_once_and_nobody_tells_oneself() {
    let app = TestApp::start();
    let (nurse, provider, ana) =
        (app.staff(Role::Nurse), app.staff(Role::Provider), app.patient("Ana Silva"));
    let thread = start(&ana, "medical", "Rash");
    let message = mention(&nurse, &thread, &[&provider, &nurse, &provider]);
    let seen = listed(&provider);
    assert_eq!(seen.len(), 1);
    assert_eq!((&seen[0]["kind"], &seen[0]["messageId"]), (&json!("mention"), &json!(message)));
    assert_eq!((&seen[0]["threadId"], &seen[0]["subject"]), (&json!(thread), &json!("Rash")));
    assert_eq!(
        (&seen[0]["patientName"], &seen[0]["byName"]),
        (&json!("Ana Silva"), &json!("Somebody nurse"))
    );
    assert_eq!(seen[0]["readAt"], Value::Null);
    assert_eq!((listed(&nurse).len(), told(&app, &provider), told(&app, &nurse)), (0, 1, 0));
    assert!(!ana.get(&format!("{PORTAL}/threads/{thread}")).text().contains("mention"));
}

#[test]
fn who_is_given_a_thread_is_told_and_untold_when_it_is_taken_away() {
    let app = TestApp::start();
    let (nurse, provider, other) =
        (app.staff(Role::Nurse), app.staff(Role::Provider), app.staff(Role::Provider));
    let ana = app.patient("Ana Silva");
    let thread = start(&ana, "medical", "Rash");
    change(&nurse, &thread, &json!({ "assignedTo": nurse.id })).expect(200);
    assert_eq!(listed(&nurse).len(), 0);
    change(&nurse, &thread, &json!({ "assignedTo": provider.id })).expect(200);
    assert_eq!((&listed(&provider)[0]["kind"], unread(&provider)), (&json!("assignment"), json!(1)));
    change(&nurse, &thread, &json!({ "assignedTo": provider.id })).expect(200);
    assert_eq!(listed(&provider).len(), 1, "the same again is no news");
    let act = json!({ "type": "assign", "assignedTo": other.id });
    let token = bulk(&nurse, &[&thread], &act).expect(200)["undoToken"].clone();
    assert_eq!((unread(&provider), unread(&other)), (json!(0), json!(1)));
    undo(&nurse, &token).expect(200);
    assert_eq!((unread(&provider), unread(&other)), (json!(0), json!(0)), "who has it again knows of it");
}

#[test]
fn reading_a_thread_reads_its_notifications_up_to_there() {
    let app = TestApp::start();
    let (nurse, provider, ana) =
        (app.staff(Role::Nurse), app.staff(Role::Provider), app.patient("Ana Silva"));
    let (thread, other) = (start(&ana, "medical", "Rash"), start(&ana, "medical", "Mole"));
    let first = mention(&nurse, &thread, &[&provider]);
    mention(&nurse, &thread, &[&provider]);
    mention(&nurse, &other, &[&provider]);
    provider.get(&format!("{STAFF}/threads/{thread}")).expect(200);
    assert_eq!(unread(&provider), 3, "looking alone reads nothing");
    let path = format!("{STAFF}/threads/{thread}/mark-read");
    provider.post(&path, &json!({ "messageId": first })).expect(204);
    assert_eq!(unread(&provider), 2);
    reply(&provider, &thread, "I have looked").expect(201);
    assert_eq!(unread(&provider), 1);
    bulk(&provider, &[&other], &json!({ "type": "mark-read" })).expect(200);
    assert_eq!(unread(&provider), 0);
    change(&nurse, &other, &json!({ "assignedTo": provider.id })).expect(200);
    assert_eq!(unread(&provider), 1);
    bulk(&provider, &[&other], &json!({ "type": "mark-read" })).expect(200);
    assert_eq!(unread(&provider), 0, "also where there was nothing new to read");
}

#[test]
fn one_marks_ones_own_read_and_nobody_elses() {
    let app = TestApp::start();
    let (nurse, provider, other) =
        (app.staff(Role::Nurse), app.staff(Role::Provider), app.staff(Role::Provider));
    let thread = start(&app.patient("Ana Silva"), "medical", "Rash");
    (0..3).for_each(|_| drop(mention(&nurse, &thread, &[&provider, &other])));
    let ids: Vec<Value> = listed(&provider).iter().map(|one| one["id"].clone()).collect();
    let mark = |staff: &Person, body: &Value| staff.post(&format!("{PATH}/mark-read"), body);
    mark(&other, &json!({ "ids": ids })).expect(204);
    assert_eq!((unread(&provider), unread(&other)), (json!(3), json!(3)));
    mark(&provider, &json!({ "ids": [ids[0], unused_id()] })).expect(204);
    assert_eq!(unread(&provider), 2);
    let open = provider.get(&format!("{PATH}?unreadOnly=true")).expect(200);
    assert_eq!(open["notifications"].as_array().unwrap().len(), 2);
    mark(&provider, &json!({ "all": true })).expect(204);
    assert_eq!((unread(&provider), unread(&other)), (json!(0), json!(3)));
    for bad in [json!({}), json!({ "all": false }), json!({ "ids": [] }), json!({ "ids": ids, "all": true })]
    {
        mark(&provider, &bad).refused(422, "validation_failed");
    }
}

#[test]
fn whoever_has_less_to_read_is_told_on_every_device() {
    let app = TestApp::start();
    let (nurse, provider) = (app.staff(Role::Nurse), app.staff(Role::Provider));
    let ana = app.patient("Ana Silva");
    let threads: Vec<_> =
        ["Rash", "Mole", "Cough", "Cold"].map(|subject| start(&ana, "medical", subject)).into();
    threads.iter().for_each(|thread| drop(mention(&nurse, thread, &[&provider])));
    assert_eq!(told(&app, &provider), 4);
    provider.post_empty(&format!("{STAFF}/threads/{}/mark-read", threads[0])).expect(204);
    assert_eq!(told(&app, &provider), 5, "reading a thread");
    reply(&provider, &threads[1], "I have looked").expect(201);
    assert_eq!(told(&app, &provider), 6, "answering in one");
    bulk(&provider, &[&threads[2], &threads[0]], &json!({ "type": "mark-read" })).expect(200);
    assert_eq!(told(&app, &provider), 7, "reading many, of which one had news");
    provider.post_empty(&format!("{STAFF}/threads/{}/mark-read", threads[2])).expect(204);
    assert_eq!(told(&app, &provider), 7, "nothing was left to be read");
    change(&nurse, &threads[3], &json!({ "assignedTo": provider.id })).expect(200);
    assert_eq!((unread(&provider), told(&app, &provider)), (json!(2), 8));
    change(&nurse, &threads[3], &json!({ "assignedTo": nurse.id })).expect(200);
    assert_eq!((unread(&provider), told(&app, &provider)), (json!(1), 9), "what was taken away again");
    assert_eq!(told(&app, &nurse), 0);
}

#[test]
fn what_left_ones_sight_is_not_told_of() {
    let app = TestApp::start();
    let (nurse, desk) = (app.staff(Role::Nurse), app.staff(Role::FrontDesk));
    let thread = start(&app.patient("Ana Silva"), "general", "Question");
    mention(&nurse, &thread, &[&desk]);
    assert_eq!(unread(&desk), 1);
    change(&nurse, &thread, &json!({ "category": "medical" })).expect(200);
    assert_eq!((unread(&desk), listed(&desk).len()), (json!(0), 0));
    change(&nurse, &thread, &json!({ "category": "other" })).expect(200);
    assert_eq!(unread(&desk), 1);
}

#[test]
fn they_come_page_by_page_and_the_number_stops_at_99() {
    let app = TestApp::start();
    let (nurse, provider) = (app.staff(Role::Nurse), app.staff(Role::Provider));
    let thread = start(&app.patient("Ana Silva"), "medical", "Rash");
    (0..101).for_each(|_| drop(mention(&nurse, &thread, &[&provider])));
    let (mut seen, mut cursor) = (std::collections::HashSet::new(), String::new());
    loop {
        let page = provider.get(&format!("{PATH}?limit=30{cursor}")).expect(200);
        assert_eq!(page["unread"], json!({ "count": 99, "capped": true }));
        for one in page["notifications"].as_array().unwrap() {
            assert!(seen.insert(one["id"].as_str().unwrap().to_owned()));
        }
        match page["pagination"]["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 101);
    let stolen = provider.get(&format!("{PATH}?limit=30")).expect(200)["pagination"]["nextCursor"].clone();
    let path = format!("{PATH}?cursor={}", stolen.as_str().unwrap());
    nurse.get(&path).refused(400, "invalid_cursor");
    assert_eq!(opened(&provider, &thread)["thread"]["version"], 2);
}
