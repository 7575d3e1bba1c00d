//! What administers people and the practice needs a step-up of its own.

use crate::matrix::action_of;
use crate::step_up::{refreshed, without_step_up};
use crate::support::{audited, checksum, unused_id};
use crate::walks::{Operation, with_token};
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::{PASSWORD, Person, TestApp};

/// Writes that need none: they take rights away, or add a record that nobody sees yet. Another e-mail in a record has a
/// test of its own.
const FREE: [&str; 4] = ["create_patient", "update_patient", "withdraw_invitation", "end_grant"];

fn writes() -> Vec<Operation> {
    let is_administered = |it: &Operation| {
        ["/api/admin/", "/api/teams", "/api/practice/search"].iter().any(|path| it.path().starts_with(path))
    };
    with_token().into_iter().filter(|it| is_administered(it) && !it.looks()).collect()
}

fn step_up(person: &Person) {
    person.post("/api/auth/step-up", &json!({ "method": "password", "password": PASSWORD })).expect(204);
}

/// The id of somebody whom an operation is about.
fn subject<'a>(operation: &Operation, user: &'a str, patient: &'a str, account: &'a str) -> &'a str {
    match operation.path() {
        path if path.starts_with("/api/admin/users") => user,
        path if path.starts_with("/api/admin/accounts") => account,
        _ => patient,
    }
}

#[test]
fn nothing_is_administered_after_a_step_up_ran_out() {
    let app = TestApp::start();
    let (admin, nurse) = (app.staff(Role::Admin), app.staff(Role::Nurse));
    let (user, ana) = (app.staff(Role::Billing), app.patient("Ana Silva"));
    let (user, patient, account) =
        (user.id.to_string(), ana.patient.unwrap().to_string(), ana.id.to_string());
    let (admin, nurse) = (without_step_up(&app, &admin), refreshed(&app, &nurse));
    let before = checksum(&app);
    let mut refused = 0;
    for operation in writes().iter().filter(|it| !FREE.contains(&it.name.as_str())) {
        assert!(action_of(&operation.name).needs_step_up(), "{}", operation.name);
        let id = subject(operation, &user, &patient, &account);
        let answer = operation.by(&admin, id);
        answer.refused(401, "step_up_required");
        assert_eq!(answer.without_ids(), operation.by(&admin, &unused_id()).without_ids());
        operation.by(&nurse, id).refused(403, "forbidden");
        refused += 1;
    }
    assert_eq!(checksum(&app), before);
    assert!(refused >= 19, "{refused}");
    assert_eq!(
        app.number_of("SELECT count(*) FROM audit_event WHERE reason = 'step_up_required'"),
        2 * refused
    );
    step_up(&admin);
    for operation in writes() {
        let answer = operation.by(&admin, &unused_id());
        assert_ne!(answer.status, 401, "{} {}", operation.name, answer.text());
    }
}

#[test]
fn a_record_gets_another_email_only_after_a_step_up() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    let at = format!("/api/admin/patients/{}", app.riverside().add_patient("Ben Okafor", "RD-7"));
    admin.put(&at, &json!({ "email": "ben@example.org" })).expect(200);
    let admin = without_step_up(&app, &admin);
    let before = checksum(&app);
    for email in [json!("other@example.org"), json!(null)] {
        admin.put(&at, &json!({ "phone": "+1 555 0142", "email": email })).refused(401, "step_up_required");
    }
    assert_eq!(checksum(&app), before);
    let kept = admin.put(&at, &json!({ "phone": "+1 555 0142", "email": "ben@example.org" })).expect(200);
    assert_eq!((&kept["phone"], &kept["email"]), (&json!("+1 555 0142"), &json!("ben@example.org")));
    step_up(&admin);
    let moved = admin.put(&at, &json!({ "email": "other@example.org" })).expect(200);
    assert_eq!(moved["email"], "other@example.org");
    assert_eq!(audited(&app, "patient.update", "denied"), 2);
}
