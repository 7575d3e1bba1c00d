//! Links between threads, for staff alone.

use crate::support::{PORTAL, STAFF, change, opened, start, unused_id};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, Person, TestApp};

fn link(staff: &Person, one: &str, other: &str) -> Answer {
    staff.post(&format!("{STAFF}/threads/{one}/links"), &json!({ "threadId": other }))
}

fn links(staff: &Person, thread: &str) -> Vec<Value> {
    opened(staff, thread)["thread"]["links"].as_array().unwrap().clone()
}

#[test]
fn a_link_is_there_from_both_ends_until_it_is_parted() {
    let app = TestApp::start();
    let (nurse, ana, ben) = (app.staff(Role::Nurse), app.patient("Ana Silva"), app.patient("Ben Okafor"));
    let (one, other) = (start(&ana, "medical", "Rash"), start(&ben, "general", "My sister's rash"));
    link(&nurse, &one, &other).expect(204);
    link(&nurse, &other, &one).expect(204);
    let seen = links(&nurse, &one);
    assert_eq!(seen.len(), 1);
    assert_eq!((&seen[0]["threadId"], &seen[0]["subject"]), (&json!(other), &json!("My sister's rash")));
    assert_eq!((&seen[0]["patientName"], &seen[0]["status"]), (&json!("Ben Okafor"), &json!("open")));
    assert_eq!(
        (&seen[0]["category"], &seen[0]["linkedByName"]),
        (&json!("general"), &json!("Somebody nurse"))
    );
    assert_eq!(links(&nurse, &other)[0]["threadId"], json!(one));
    let told = "SELECT count(*) FROM change WHERE kind = 9";
    assert_eq!(app.number_of(told), 2, "each end once");
    nurse.delete(&format!("{STAFF}/threads/{other}/links/{one}")).expect(204);
    nurse.delete(&format!("{STAFF}/threads/{other}/links/{one}")).refused(404, "not_found");
    assert!(links(&nurse, &one).is_empty() && links(&nurse, &other).is_empty());
    link(&nurse, &one, &other).expect(204);
    assert_eq!(links(&nurse, &one).len(), 1);
}

#[test]
fn nothing_of_a_link_reaches_the_portal() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let (one, other) = (start(&ana, "medical", "Rash"), start(&ana, "general", "Question"));
    let views = || -> Vec<_> {
        let paths = [format!("{PORTAL}/threads"), format!("{PORTAL}/threads/{one}")];
        paths.iter().map(|path| ana.get(path).without_ids()).collect()
    };
    let (portal, version) = (views(), opened(&nurse, &one)["thread"]["version"].clone());
    link(&nurse, &one, &other).expect(204);
    assert_eq!(views(), portal);
    assert_eq!(opened(&nurse, &one)["thread"]["version"], version);
    assert_eq!(app.number_of("SELECT count(*) FROM change WHERE kind = 9 AND audience <> 0"), 0);
}

#[test]
fn one_links_what_one_sees_and_sees_of_links_what_one_sees() {
    let app = TestApp::start();
    let (nurse, desk, ana) = (app.staff(Role::Nurse), app.staff(Role::FrontDesk), app.patient("Ana Silva"));
    let (one, hidden) = (start(&ana, "general", "Question"), start(&ana, "medical", "Rash"));
    let theirs = start(&app.hillside().patient("Dora Klein"), "general", "Theirs");
    let random = link(&desk, &one, &unused_id());
    assert_eq!(random.refused(422, "validation_failed")["errors"][0]["pointer"], "/threadId");
    for other in [&hidden, &theirs, &one] {
        assert_eq!(link(&desk, &one, other).without_ids(), random.without_ids());
    }
    link(&desk, &hidden, &one).refused(404, "not_found");
    link(&nurse, &one, &hidden).expect(204);
    assert_eq!((links(&nurse, &one).len(), links(&desk, &one).len()), (1, 0));
    desk.delete(&format!("{STAFF}/threads/{one}/links/{hidden}")).refused(404, "not_found");
    change(&nurse, &hidden, &json!({ "category": "other" })).expect(200);
    assert_eq!(links(&desk, &one).len(), 1);
}

#[test]
fn a_thread_has_fifty_links_and_no_more() {
    let app = TestApp::start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    let hub = start(&ana, "general", "Hub");
    for number in 0..50 {
        link(&nurse, &hub, &start(&ana, "general", &format!("Thread {number}"))).expect(204);
    }
    let last = start(&ana, "general", "Last");
    link(&nurse, &last, &hub).refused(409, "limit_reached");
    link(&nurse, &hub, &last).refused(409, "limit_reached");
    assert_eq!(links(&nurse, &hub).len(), 50);
}
