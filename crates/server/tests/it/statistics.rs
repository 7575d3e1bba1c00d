//! The numbers above the inbox.

use crate::support::{STAFF, reply, start, write};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

fn numbers(staff: &Person) -> [Value; 4] {
    let answer = staff.get(&format!("{STAFF}/statistics")).expect(200);
    ["conversations", "unreadMessages", "uniquePatients", "messages"]
        .map(|name| answer[name]["count"].clone())
}

#[test]
fn they_count_what_the_role_sees_and_is_not_archived() {
    let app = TestApp::start();
    let (nurse, desk) = (app.staff(Role::Nurse), app.staff(Role::FrontDesk));
    let (ana, ben) = (app.patient("Ana Silva"), app.patient("Ben Okafor"));
    let one = start(&ana, "general", "One");
    write(&ana, &one, "And more").expect(201);
    let two = start(&ana, "medical", "Two");
    start(&ben, "billing", "Three");
    start(&app.hillside().patient("Dora Klein"), "general", "Theirs");
    // The automatic answer to a medical question counts as a message and as nothing unread.
    assert_eq!(numbers(&nurse), [3, 4, 2, 5].map(|number| json!(number)));
    assert_eq!(numbers(&desk), [1, 2, 1, 2].map(|number| json!(number)));
    nurse.post_empty(&format!("{STAFF}/threads/{one}/mark-read")).expect(204);
    assert_eq!(numbers(&nurse), [3, 2, 2, 5].map(|number| json!(number)));
    write(&ana, &one, "Once more").expect(201);
    assert_eq!(numbers(&nurse), [3, 3, 2, 6].map(|number| json!(number)), "only what came since");
    reply(&nurse, &one, "An answer").expect(201);
    nurse.post_empty(&format!("{STAFF}/threads/{two}/close")).expect(200);
    nurse.post_empty(&format!("{STAFF}/threads/{two}/archive")).expect(200);
    assert_eq!(numbers(&nurse), [2, 1, 2, 5].map(|number| json!(number)));
}
