//! Passwords that were long enough beside a second factor, once there is none.

use crate::invitations::{NEW as LONG, post};
use crate::overlapping_sign_ins::{give, people};
use crate::support::audited;
use serde_json::json;
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, AuthenticatorApp, PASSWORD, Person, TestApp};

/// Twelve characters: enough beside a factor alone.
const SHORT: &str = "lamp in snow";
const RESET: &str = "Choose a new password";

fn change(person: &Person, from: &str, to: &str) -> Answer {
    let body = json!({ "currentPassword": from, "newPassword": to });
    person.post(&format!("{}/password", person.door()), &body)
}

/// Somebody with a factor who chooses a short password.
fn shortened(app: &TestApp, person: &Person) -> AuthenticatorApp {
    change(person, PASSWORD, SHORT).refused(422, "validation_failed");
    let (authenticator, _) = person.enrol_app(app);
    change(person, PASSWORD, SHORT).expect(204);
    authenticator
}

fn remove(person: &Person, authenticator: &AuthenticatorApp) -> Answer {
    person.delete(&format!("{}/factors/{}", person.door(), authenticator.id))
}

fn resets(app: &TestApp, person: &Person) -> usize {
    app.mails_to(&person.email).into_iter().filter(|mail| mail.subject == RESET).count()
}

fn open_sessions(app: &TestApp, person: &Person) -> i64 {
    let owner = format!("'{}' IN (staff_id, account_id)", person.id);
    app.number_of(&format!("SELECT count(*) FROM session WHERE revoked_at IS NULL AND {owner}"))
}

/// Signs in with a short password that stands alone by now: nothing opens, and a link is mailed.
fn is_sent_for_a_longer_one(app: &TestApp, person: &Person) {
    let before = resets(app, person);
    let open = open_sessions(app, person);
    give(app, person, SHORT).refused(409, "password_too_short");
    assert_eq!((resets(app, person), open_sessions(app, person)), (before + 1, open));
    let token = app.mailed_secret(&person.email);
    let door = person.door();
    let checked = post(app, &format!("{door}/password-reset/check"), &json!({ "token": token }));
    assert_eq!(checked.expect(200)["minimumLength"], 15);
    let confirm = |password: &str| {
        post(app, &format!("{door}/password-reset/confirm"), &json!({ "token": token, "password": password }))
    };
    confirm("snow on lamp").refused(422, "validation_failed");
    confirm(LONG).expect(204);
    give(app, person, SHORT).refused(401, "invalid_credentials");
    give(app, person, LONG).expect(200);
}

#[test]
fn the_last_factor_stays_while_the_password_is_too_short_to_stand_alone() {
    let app = TestApp::start();
    for person in people(&app) {
        let authenticator = shortened(&app, &person);
        remove(&person, &authenticator).refused(409, "password_too_short");
        person.get(&format!("{}/me", person.door())).expect(200);
        change(&person, SHORT, LONG).expect(204);
        remove(&person, &authenticator).expect(204);
        give(&app, &person, LONG).expect(200);
    }
    assert_eq!(audited(&app, "account.factor.remove", "denied"), 2);
}

#[test]
fn a_short_password_alone_opens_nothing_once_the_practice_took_the_factors_away() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    for person in people(&app) {
        shortened(&app, &person);
        let kind = if person.is_staff { "users" } else { "accounts" };
        admin.post_empty(&format!("/api/admin/{kind}/{}/remove-second-factors", person.id)).expect(204);
        is_sent_for_a_longer_one(&app, &person);
    }
}

#[test]
fn a_short_password_alone_opens_nothing_once_the_command_line_took_the_factors_away() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    shortened(&app, &nurse);
    let done =
        app.command(&["user", "reset-factors", "--practice", "riverside", "--email", nurse.email.as_str()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    is_sent_for_a_longer_one(&app, &nurse);
}

#[test]
fn a_demand_for_a_factor_makes_no_password_shorter() {
    let app = TestApp::start();
    app.riverside().demand_second_factor(true);
    let id = app.riverside().invite_staff(Role::Nurse, "new@riverside.example");
    let token = app.mailed_secret("new@riverside.example");
    let answer = post(&app, "/api/auth/invitation/accept", &json!({ "token": token, "password": SHORT }));
    answer.refused(422, "validation_failed");
    post(&app, "/api/auth/invitation/accept", &json!({ "token": token, "password": PASSWORD })).expect(204);
    let (entered, authenticator) = app.riverside().enrol_staff("new@riverside.example", id.uuid());
    change(&entered, PASSWORD, SHORT).expect(204);
    app.riverside().demand_second_factor(false);
    remove(&entered, &authenticator).refused(409, "password_too_short");
}

/// Of passwords that were stored before nobody knows how long they are, until they are typed.
#[test]
fn a_password_of_before_is_known_to_be_long_once_it_was_typed() {
    let app = TestApp::start();
    for person in people(&app) {
        let (authenticator, _) = person.enrol_app(&app);
        app.sql("UPDATE staff_user SET password_stands_alone = false");
        app.sql("UPDATE portal_account SET password_stands_alone = false");
        remove(&person, &authenticator).refused(409, "password_too_short");
        let entered = app.riverside().sign_in_with(&person, &authenticator);
        remove(&entered, &authenticator).expect(204);
    }
}

#[test]
fn a_short_password_sends_no_more_mails_than_an_address_gets() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    let nurse = app.staff(Role::Nurse);
    shortened(&app, &nurse);
    admin.post_empty(&format!("/api/admin/users/{}/remove-second-factors", nurse.id)).expect(204);
    for _ in 0..6 {
        give(&app, &nurse, SHORT).refused(409, "password_too_short");
    }
    let rows = |reason: &str| {
        let asked = "SELECT count(*) FROM audit_event WHERE action = 'auth.request_reset' AND outcome = 0";
        app.number_of(&format!("{asked} AND reason {reason}"))
    };
    assert_eq!((rows("IS NULL"), rows("= 'mail_throttled'")), (4, 2));
}
