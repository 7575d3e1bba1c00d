//! Sign-ins that are under way when the password changes or the person is shut out.
//!
//! A held table stops a sign-in where the test wants it: `recovery_code` after the password was found right and before
//! anything opens, `known_device` when the session is written and not committed.

use crate::invitations::{NEW, post};
use crate::support::audited;
use serde_json::json;
use std::thread;
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, PASSWORD, Person, TestApp};

pub(crate) fn people(app: &TestApp) -> [Person; 2] {
    [app.staff(Role::Nurse), app.patient("Ana Silva")]
}

pub(crate) fn give(app: &TestApp, person: &Person, password: &str) -> Answer {
    let body = json!({ "email": person.email, "password": password, "tokenDelivery": "body" });
    post(app, &format!("{}/login", person.door()), &body)
}

fn link_for(app: &TestApp, person: &Person) -> String {
    let asked = post(app, &format!("{}/password-reset", person.door()), &json!({ "email": person.email }));
    asked.expect(202);
    app.mailed_secret(&person.email)
}

fn choose(app: &TestApp, person: &Person, token: &str) -> Answer {
    let body = json!({ "token": token, "password": NEW });
    post(app, &format!("{}/password-reset/confirm", person.door()), &body)
}

fn change(person: &Person) -> Answer {
    let body = json!({ "currentPassword": PASSWORD, "newPassword": NEW });
    person.post(&format!("{}/password", person.door()), &body)
}

fn shut_out(admin: &Person, person: &Person) {
    let kind = if person.is_staff { "users" } else { "accounts" };
    let answer = admin.put(&format!("/api/admin/{kind}/{}", person.id), &json!({ "isActive": false }));
    assert!(matches!(answer.status, 200 | 204), "{}", answer.text());
}

/// Signs in with the old password and does something else after that was found right, and before anything opens.
fn overlapping(app: &TestApp, person: &Person, meanwhile: impl FnOnce()) -> Answer {
    thread::scope(|scope| {
        let held = app.hold_table("recovery_code");
        let sign_in = scope.spawn(|| give(app, person, PASSWORD));
        held.wait_for(1);
        meanwhile();
        drop(held);
        sign_in.join().unwrap()
    })
}

fn open_sessions(app: &TestApp, person: &Person) -> i64 {
    let owner = format!("'{}' IN (staff_id, account_id)", person.id);
    app.number_of(&format!("SELECT count(*) FROM session WHERE revoked_at IS NULL AND {owner}"))
}

fn waiting_tickets(app: &TestApp) -> i64 {
    app.number_of("SELECT count(*) FROM sign_in_ticket WHERE used_at IS NULL")
}

#[test]
fn a_sign_in_under_the_old_password_opens_nothing_once_a_link_brought_another() {
    let app = TestApp::start();
    for person in people(&app) {
        let token = link_for(&app, &person);
        let denied = audited(&app, "auth.sign_in", "denied");
        let answer = overlapping(&app, &person, || drop(choose(&app, &person, &token).expect(204)));
        assert_eq!(answer.without_ids(), give(&app, &person, "wrong").without_ids());
        answer.refused(401, "invalid_credentials");
        assert_eq!(audited(&app, "auth.sign_in", "denied"), denied + 2);
        assert_eq!(open_sessions(&app, &person), 0);
        give(&app, &person, NEW).expect(200);
    }
}

#[test]
fn a_sign_in_under_the_old_password_opens_nothing_once_it_was_changed() {
    let app = TestApp::start();
    for person in people(&app) {
        let answer = overlapping(&app, &person, || drop(change(&person).expect(204)));
        answer.refused(401, "invalid_credentials");
        assert_eq!(open_sessions(&app, &person), 1, "the one in which it was changed");
    }
}

#[test]
fn a_right_password_of_before_brings_no_ticket_for_a_factor() {
    let app = TestApp::start();
    for person in people(&app) {
        person.enrol_app(&app);
        let token = link_for(&app, &person);
        let answer = overlapping(&app, &person, || drop(choose(&app, &person, &token).expect(204)));
        answer.refused(401, "invalid_credentials");
        assert_eq!((waiting_tickets(&app), open_sessions(&app, &person)), (0, 0));
    }
}

#[test]
fn whoever_is_shut_out_meanwhile_opens_nothing() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    for person in people(&app) {
        let answer = overlapping(&app, &person, || shut_out(&admin, &person));
        answer.refused(401, "invalid_credentials");
        assert_eq!(open_sessions(&app, &person), 0);
    }
}

/// The proof is written and not committed yet when the new password is chosen: the choice waits for it, and ends it.
#[test]
fn a_factor_that_is_just_being_proved_leaves_no_session_of_before() {
    let app = TestApp::start();
    for person in people(&app) {
        let (authenticator, _) = person.enrol_app(&app);
        let token = link_for(&app, &person);
        app.clock().advance(chrono::Duration::minutes(1));
        let due = give(&app, &person, PASSWORD).expect(200);
        let code = authenticator.code_now(&app);
        let proof = json!({ "mfaToken": due["mfaToken"], "method": "totp", "code": code });
        thread::scope(|scope| {
            let held = app.hold_table("known_device");
            let proved = scope.spawn(|| post(&app, &format!("{}/second-factor", person.door()), &proof));
            held.wait_for(1);
            let chosen = scope.spawn(|| choose(&app, &person, &token));
            held.wait_for(2);
            drop(held);
            proved.join().unwrap().expect(200);
            chosen.join().unwrap().expect(204);
        });
        assert_eq!(open_sessions(&app, &person), 0);
    }
}

/// Taken away from somebody who is shut out, so that it opens nothing should the person come back.
#[test]
fn a_ticket_ends_with_whoever_is_shut_out() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    for person in people(&app) {
        person.enrol_app(&app);
        give(&app, &person, PASSWORD).expect(200);
        assert_eq!(waiting_tickets(&app), 1);
        shut_out(&admin, &person);
        assert_eq!(waiting_tickets(&app), 0);
    }
}
