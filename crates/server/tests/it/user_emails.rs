//! Another e-mail of somebody of the staff, as an administrator gives it.

use serde_json::json;
use std::collections::BTreeSet;
use threadwell_domain::access::Role;
use threadwell_testkit::{Person, TestApp};

const USERS: &str = "/api/admin/users";

fn at(person: &Person) -> String {
    format!("{USERS}/{}", person.id)
}

/// The subjects of the mails to an address; mails of one moment have no order.
fn subjects(app: &TestApp, to: &str) -> BTreeSet<String> {
    app.mails_to(to).into_iter().map(|mail| mail.subject).collect()
}

fn set(subjects: &[&str]) -> BTreeSet<String> {
    subjects.iter().map(|subject| (*subject).to_owned()).collect()
}

#[test]
fn another_email_is_told_to_both_addresses_and_ends_the_links_to_the_former() {
    let app = TestApp::start();
    let (admin, nurse) = (app.staff(Role::Admin), app.staff(Role::Nurse));
    for (language, subject) in
        [("en", "Your e-mail address was changed"), ("es", "Su dirección de correo ha cambiado")]
    {
        app.sql(&format!("UPDATE staff_user SET language = '{language}' WHERE id = '{}'", nurse.id));
        let former = admin.get(&at(&nurse)).expect(200)["email"].as_str().unwrap().to_owned();
        admin.post_empty(&format!("{}/password-reset", at(&nurse))).expect(204);
        app.run_worker();
        let token = app.mailed_secret(&former);
        let new = format!("nora.{language}@riverside.example");
        admin.put(&at(&nurse), &json!({ "email": new })).expect(200);
        assert!(subjects(&app, &former).contains(subject), "{language}");
        assert_eq!(subjects(&app, &new), set(&[subject]));
        let check = app.request("POST", "/api/auth/password-reset/check").json(&json!({ "token": token }));
        check.send().refused(401, "invalid_token");
    }
    nurse.get("/api/auth/me").expect(200);
    // The same address again is no news.
    admin.put(&at(&nurse), &json!({ "email": "nora.es@riverside.example" })).expect(200);
    assert_eq!(app.mails_to("nora.es@riverside.example").len(), 1);
}

#[test]
fn whoever_is_still_invited_gets_the_link_at_the_new_address_alone() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    let newcomer = json!({ "email": "typo@riverside.example", "fullName": "Nora Quinn", "role": "nurse" });
    let id = admin.post(USERS, &newcomer).expect(201)["id"].as_str().unwrap().to_owned();
    app.run_worker();
    let token = app.mailed_secret("typo@riverside.example");
    admin.put(&format!("{USERS}/{id}"), &json!({ "email": "nora@riverside.example" })).expect(200);
    assert_eq!(
        subjects(&app, "typo@riverside.example"),
        set(&["You are invited to Threadwell", "Your e-mail address was changed"])
    );
    assert_eq!(subjects(&app, "nora@riverside.example"), set(&["You are invited to Threadwell"]));
    let check = |token: &str| {
        app.request("POST", "/api/auth/invitation/check").json(&json!({ "token": token })).send()
    };
    check(&token).refused(401, "invalid_token");
    check(&app.mailed_secret("nora@riverside.example")).expect(200);
}
