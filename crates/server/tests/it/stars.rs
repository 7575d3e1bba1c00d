//! Stars: each of the staff keeps threads at hand, for themselves alone.

use crate::support::{STAFF, change, note, start, write};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, Person, TestApp};

fn starred(person: &Person) -> Vec<Value> {
    let page = person.get(&format!("{STAFF}/threads?starred=true")).expect(200);
    page["threads"].as_array().unwrap().iter().map(|thread| thread["id"].clone()).collect()
}

fn star(person: &Person, thread: &str) -> Answer {
    person.request("PUT", &format!("{STAFF}/threads/{thread}/star")).send()
}

fn is_starred(person: &Person, thread: &str) -> Value {
    person.get(&format!("{STAFF}/threads/{thread}")).expect(200)["thread"]["isStarred"].clone()
}

#[test]
fn a_star_is_ones_own_and_stays_while_a_thread_is_read_and_goes_on() {
    let app = TestApp::start();
    let (nurse, other, ana) = (app.staff(Role::Nurse), app.staff(Role::Nurse), app.patient("Ana Silva"));
    let (first, second) = (start(&ana, "medical", "Rash"), start(&ana, "general", "Parking"));
    let etag = |thread: &str| {
        let answer = other.get(&format!("{STAFF}/threads/{thread}"));
        answer.header("etag").unwrap_or_default().to_owned()
    };
    let (before, mut stream, mut theirs) = (etag(&first), nurse.events(None), other.events(None));
    stream.expect("ready");
    theirs.expect("ready");
    let unstar = || nurse.delete(&format!("{STAFF}/threads/{first}/star"));
    star(&nurse, &first).expect(204);
    star(&nurse, &first).expect(204);
    assert_eq!((is_starred(&nurse, &first), is_starred(&other, &first)), (json!(true), json!(false)));
    assert_eq!((starred(&nurse), starred(&other)), (vec![json!(first)], vec![]));
    assert_eq!(etag(&first), before, "a star is no change of the thread");
    stream.until(|event| event.data["kind"] == "read" && event.data["threadId"] == json!(first));
    nurse.post_empty(&format!("{STAFF}/threads/{first}/mark-read")).expect(204);
    nurse.post_empty(&format!("{STAFF}/threads/{first}/mark-unread")).expect(204);
    app.clock().advance(chrono::Duration::seconds(1));
    write(&ana, &first, "It is worse").expect(201);
    note(&other, &first, "Called her").expect(201);
    star(&nurse, &second).expect(204);
    assert_eq!(starred(&nurse), [json!(first), json!(second)], "the one that moved last comes first");
    unstar().expect(204);
    unstar().expect(204);
    assert_eq!(starred(&nurse), [json!(second)]);
    let last = write(&ana, &second, "Thank you").expect(201)["messageId"].clone();
    let heard = theirs.until(|event| event.data["messageId"] == last);
    let reads = heard.iter().filter(|event| event.data["kind"] == "read").count();
    assert_eq!(reads, 1, "colleagues hear that somebody read it, and of no star: {heard:?}");
}

#[test]
fn a_star_gives_no_sight_of_a_thread() {
    let app = TestApp::start();
    let (nurse, desk, ana) = (app.staff(Role::Nurse), app.staff(Role::FrontDesk), app.patient("Ana Silva"));
    let (hidden, moved) = (start(&ana, "medical", "Rash"), start(&ana, "general", "Parking"));
    star(&desk, &hidden).refused(404, "not_found");
    star(&app.hillside().staff(Role::Admin), &moved).refused(404, "not_found");
    star(&desk, &moved).expect(204);
    assert_eq!(starred(&desk), [json!(moved)]);
    change(&nurse, &moved, &json!({ "category": "medical" })).expect(200);
    assert_eq!(starred(&desk), Vec::<Value>::new());
}
