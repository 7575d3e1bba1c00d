//! Views of the inbox that people keep and share.

use crate::support::{at_once, unused_id};
use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

const VIEWS: &str = "/api/views";

fn view(name: &str, is_shared: bool) -> Value {
    json!({ "name": name, "isShared": is_shared, "filter": { "categories": ["general"], "search": "silva" } })
}

fn keep(staff: &Person, name: &str, is_shared: bool) -> String {
    staff.post(VIEWS, &view(name, is_shared)).expect(201)["id"].as_str().unwrap().to_owned()
}

fn names(staff: &Person) -> Vec<String> {
    let views = staff.get(VIEWS).expect(200);
    views["views"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn one_sees_own_views_and_shared_ones() {
    let app = TestApp::start();
    let (nurse, desk) = (app.staff(Role::Nurse), app.staff(Role::FrontDesk));
    keep(&nurse, "zebra", false);
    keep(&nurse, "Apple", true);
    keep(&desk, "Banana", true);
    keep(&desk, "Secret", false);
    assert_eq!(names(&nurse), ["Apple", "zebra", "Banana"], "own ones first, each by name");
    assert_eq!(names(&desk), ["Banana", "Secret", "Apple"]);
    let all = nurse.get(VIEWS).expect(200);
    assert_eq!(all["views"][2]["isOwn"], false);
    assert_eq!(all["views"][2]["ownerName"], "Somebody front_desk");
    assert_eq!(all["views"][2]["filter"], json!({ "categories": ["general"], "search": "silva" }));
    assert_eq!(names(&app.hillside().staff(Role::Nurse)), Vec::<String>::new());
}

#[test]
fn only_the_owner_changes_a_view_and_an_admin_shared_ones() {
    let app = TestApp::start();
    let (nurse, other, admin) = (app.staff(Role::Nurse), app.staff(Role::Nurse), app.staff(Role::Admin));
    let (own, shared) = (keep(&nurse, "Own", false), keep(&nurse, "Shared", true));
    let random = other.delete(&format!("{VIEWS}/{}", unused_id()));
    random.refused(404, "not_found");
    for id in [&own, &shared] {
        let path = format!("{VIEWS}/{id}");
        assert_eq!(other.delete(&path).without_ids(), random.without_ids());
        other.put(&path, &view("Mine now", false)).refused(404, "not_found");
    }
    admin.put(&format!("{VIEWS}/{own}"), &view("Theirs", true)).refused(404, "not_found");
    admin.put(&format!("{VIEWS}/{shared}"), &view("Tidied", true)).expect(204);
    assert_eq!(names(&nurse), ["Own", "Tidied"]);
    nurse.put(&format!("{VIEWS}/{shared}"), &view("Mine", false)).expect(204);
    admin.delete(&format!("{VIEWS}/{shared}")).refused(404, "not_found");
    nurse.delete(&format!("{VIEWS}/{shared}")).expect(204);
    nurse.delete(&format!("{VIEWS}/{shared}")).refused(404, "not_found");
    assert_eq!(names(&nurse), ["Own"]);
}

#[test]
fn one_keeps_fifty_views_and_no_more_however_fast_they_come() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    (0..47).for_each(|number| drop(keep(&nurse, &format!("View {number}"), false)));
    let answers = at_once(8, |number| nurse.post(VIEWS, &view(&format!("Late {number}"), true)));
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 3);
    for refused in answers.iter().filter(|answer| answer.status != 201) {
        refused.refused(409, "limit_reached");
    }
    assert_eq!(names(&nurse).len(), 50);
    keep(&app.staff(Role::Nurse), "Another's", false);
}

#[test]
fn what_no_list_would_take_is_no_view() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    for (filter, pointer) in [
        (json!({ "assignedTo": "you" }), "/filter/assignedTo"),
        (json!({ "assignedTeam": "me" }), "/filter/assignedTeam"),
        (json!({ "assignedTo": "me", "assignedTeam": "mine" }), "/filter/assignedTeam"),
        (json!({ "unreadOnly": true, "readOnly": true }), "/filter/readOnly"),
        (json!({ "search": "x".repeat(201) }), "/filter/search"),
        (json!({ "search": "a\0b" }), "/filter/search"),
        (json!({ "search": " \u{200b}" }), "/filter/search"),
        (json!({ "categories": ["medical", "medical"] }), "/filter/categories"),
        (json!({ "categories": vec!["medical"; 20_000] }), "/filter/categories"),
        (json!({ "statuses": ["open", "closed", "open"] }), "/filter/statuses"),
        (json!({ "priorities": ["low", "low"] }), "/filter/priorities"),
        (json!({ "categories": ["nonsense"] }), "/filter/categories/0"),
        (json!({ "statuses": null }), "/filter/statuses"),
    ] {
        let body = json!({ "name": "View", "isShared": false, "filter": filter });
        let refused = nurse.post(VIEWS, &body).refused(422, "validation_failed");
        assert_eq!(refused["errors"][0]["pointer"], pointer);
    }
    let unknown = json!({ "name": "View", "isShared": false, "filter": { "colour": "red" } });
    nurse.post(VIEWS, &unknown).refused(422, "unknown_field");
    nurse.post(VIEWS, &view(&"n".repeat(61), false)).refused(422, "validation_failed");
}

#[test]
fn a_view_names_somebody_of_the_practice_who_may_leave_later() {
    let app = TestApp::start();
    let (admin, nurse, colleague) = (app.staff(Role::Admin), app.staff(Role::Nurse), app.staff(Role::Nurse));
    let team = admin
        .post("/api/teams", &json!({ "name": "Refills", "categories": [], "memberIds": [] }))
        .expect(201)["id"]
        .clone();
    let stranger = app.hillside().staff(Role::Nurse).id;
    let of = |filter: Value| json!({ "name": "Theirs", "isShared": true, "filter": filter });
    for nobody in [
        json!({ "assignedTo": unused_id() }),
        json!({ "assignedTo": stranger }),
        json!({ "assignedTo": team }),
        json!({ "assignedTeam": unused_id() }),
        json!({ "assignedTeam": colleague.id }),
    ] {
        nurse.post(VIEWS, &of(nobody)).refused(422, "assignee_not_found");
    }
    nurse.post(VIEWS, &of(json!({ "assignedTeam": team }))).expect(201);
    let view = of(json!({ "assignedTo": colleague.id }));
    let id = nurse.post(VIEWS, &view).expect(201)["id"].as_str().unwrap().to_owned();
    let leaves = json!({ "isActive": false });
    admin.put(&format!("/api/admin/users/{}", colleague.id), &leaves).expect(200);
    nurse.put(&format!("{VIEWS}/{id}"), &view).expect(204);
    let nobody = of(json!({ "assignedTo": unused_id() }));
    nurse.put(&format!("{VIEWS}/{id}"), &nobody).refused(422, "assignee_not_found");
}

#[test]
fn a_view_that_was_altered_is_shown_as_such() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    keep(&nurse, "Own", false);
    app.sql("UPDATE saved_view SET filter_enc = name_enc");
    let shown = nurse.get(VIEWS).expect(200)["views"][0].clone();
    assert_eq!((&shown["integrity"], &shown["filter"]), (&json!("failed"), &json!({})));
}
