//! A conversation that goes on from a closed one names it to whoever sees it too.

use crate::support::{PORTAL, STAFF, change, opened, opened_by_patient, start, write};
use chrono::Duration;
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

/// A closed thread of the category, and the one that goes on from it.
fn going_on(app: &TestApp, category: &str) -> (Person, String, String) {
    let ben = app.patient("Ben Okafor");
    let old = start(&ben, category, "Refill");
    app.staff(Role::Admin).post_empty(&format!("{STAFF}/threads/{old}/close")).expect(200);
    app.clock().advance(Duration::days(15));
    let account = threadwell_domain::AccountId::new(ben.id);
    let ben = app.riverside().sign_in_account(&ben.email, account, ben.patient);
    let new = write(&ben, &old, "Canaryword is back").expect(201)["threadId"].as_str().unwrap().to_owned();
    (ben, old, new)
}

/// The only conversation of a list, or of what is found.
fn named(answer: &Value, list: &str) -> Value {
    let all = answer[list].as_array().unwrap().iter();
    let named: Vec<&Value> = all.map(|one| &one["linkedThreadId"]).filter(|id| !id.is_null()).collect();
    named.first().copied().cloned().unwrap_or_default()
}

#[test]
fn staff_are_told_where_it_goes_on_from_if_their_role_sees_it() {
    let app = TestApp::start();
    let (_, old, new) = going_on(&app, "prescription");
    change(&app.staff(Role::Admin), &new, &json!({ "category": "general" })).expect(200);
    for (role, expected) in [(Role::Nurse, json!(old)), (Role::FrontDesk, Value::Null)] {
        let reader = app.staff(role);
        assert_eq!(opened(&reader, &new)["thread"]["linkedThreadId"], expected, "{role:?}");
        let list = reader.get(&format!("{STAFF}/threads")).expect(200);
        assert_eq!(named(&list, "threads"), expected, "{role:?}");
        let status = if expected.is_null() { 404 } else { 200 };
        reader.get(&format!("{STAFF}/threads/{old}")).expect(status);
    }
}

#[test]
fn a_proxy_is_told_where_it_goes_on_from_unless_that_is_confidential() {
    let app = TestApp::start();
    let (ben, old, new) = going_on(&app, "general");
    let carla = app.guardian("Carla Mendes", &[ben.patient.unwrap()]);
    assert_eq!(opened_by_patient(&carla, &new)["thread"]["linkedThreadId"], json!(old));
    change(&app.staff(Role::Nurse), &old, &json!({ "isConfidential": true })).expect(200);
    for (reader, expected) in [(&ben, json!(old)), (&carla, Value::Null)] {
        assert_eq!(opened_by_patient(reader, &new)["thread"]["linkedThreadId"], expected);
        assert_eq!(named(&reader.get(&format!("{PORTAL}/threads")).expect(200), "threads"), expected);
        let found = reader.get(&format!("{PORTAL}/search?q=canaryword")).expect(200);
        assert!(expected.is_null() != found.to_string().contains(&old), "{found}");
    }
    // What is kept of it is not lost with what is shown.
    write(&carla, &new, "And once more").expect(201);
    assert_eq!(opened_by_patient(&ben, &new)["thread"]["linkedThreadId"], json!(old));
}
