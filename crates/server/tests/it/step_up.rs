//! One's own factors and the step-up that guards them, at both doors.

use crate::passkeys::add as add_passkey;
use crate::support::audited;
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use threadwell_domain::access::Role;
use threadwell_domain::{AccountId, StaffId};
use threadwell_testkit::{PASSWORD, Person, SoftPasskey, TestApp};

fn people(app: &TestApp) -> [Person; 2] {
    [app.staff(Role::Nurse), app.patient("Ana Silva")]
}

/// The person after a step-up has run out, with the session's next token: an access token lasts no longer either.
pub(crate) fn without_step_up(app: &TestApp, person: &Person) -> Person {
    app.clock().advance(chrono::Duration::minutes(10));
    refreshed(app, person)
}

/// The person with the session's next tokens.
pub(crate) fn refreshed(app: &TestApp, person: &Person) -> Person {
    let body = json!({ "refreshToken": person.refresh_token });
    let fresh = app.request("POST", &format!("{}/refresh", person.door())).json(&body).send().expect(200);
    let text = |name: &str| fresh[name].as_str().unwrap().to_owned();
    let mut person = person.with_token(&text("accessToken"));
    person.refresh_token = text("refreshToken");
    person
}

#[test]
fn b12_nothing_of_factors_changes_without_a_step_up() {
    for is_staff in [true, false] {
        let app = TestApp::start();
        let person = if is_staff { app.staff(Role::Nurse) } else { app.patient("Ana Silva") };
        let door = person.door();
        let (authenticator, _) = person.enrol_app(&app);
        let person = without_step_up(&app, &person);
        let before = app.text_of("SELECT md5(string_agg(f::text, '|' ORDER BY id)) FROM second_factor f");
        let credential = json!({ "challengeId": authenticator.id, "name": "Key", "credential": {} });
        for (method, path, body) in [
            ("POST", "factors/totp".to_owned(), Some(json!({ "name": "Mine" }))),
            ("POST", format!("factors/totp/{}/confirm", authenticator.id), Some(json!({ "code": "000000" }))),
            ("POST", "factors/passkey-options".to_owned(), None),
            ("POST", "factors/passkey".to_owned(), Some(credential)),
            ("DELETE", format!("factors/{}", authenticator.id), None),
            ("POST", "recovery-codes".to_owned(), None),
        ] {
            let request = person.request(method, &format!("{door}/{path}"));
            let request = body.map_or(request.clone(), |body| request.json(&body));
            request.send().refused(401, "step_up_required");
        }
        let after = app.text_of("SELECT md5(string_agg(f::text, '|' ORDER BY id)) FROM second_factor f");
        assert_eq!(before, after);
        let named = person.put(&format!("{door}/factors/{}", authenticator.id), &json!({ "name": "Blue" }));
        named.expect(204);
        assert_eq!(person.get(&format!("{door}/factors")).expect(200)["factors"][0]["name"], "Blue");
        let refused = "SELECT count(*) FROM audit_event WHERE reason = 'step_up_required'";
        assert_eq!(app.number_of(refused), 6);
    }
}

#[test]
fn the_password_steps_up_where_there_is_no_factor_and_not_where_there_is_one() {
    let app = TestApp::start();
    for person in people(&app) {
        let path = format!("{}/step-up", person.door());
        let person = without_step_up(&app, &person);
        assert_eq!(person.get(&path).expect(200), json!({ "methods": ["password"], "until": null }));
        person
            .post(&path, &json!({ "method": "password", "password": "wrong" }))
            .refused(401, "invalid_credentials");
        person.post(&path, &json!({ "method": "totp", "code": "000000" })).refused(401, "invalid_code");
        let right = json!({ "method": "password", "password": PASSWORD });
        person.post(&path, &right).expect(204);
        assert!(person.get(&path).expect(200)["until"].is_string());

        let (authenticator, _) = person.enrol_app(&app);
        assert_eq!(person.get(&path).expect(200)["methods"], json!(["totp"]));
        person.post(&path, &right).refused(401, "invalid_code");
        let person = without_step_up(&app, &person);
        person
            .post(&format!("{}/recovery-codes", person.door()), &json!({}))
            .refused(401, "step_up_required");
        let code = json!({ "method": "totp", "code": authenticator.code_now(&app) });
        person.post(&path, &code).expect(204);
        person.post(&path, &code).refused(401, "invalid_code");
        person.post(&format!("{}/recovery-codes", person.door()), &json!({})).expect(200);
    }
    assert_eq!(audited(&app, "account.step_up", "done"), 4);
}

#[test]
fn a_step_up_is_one_sessions_and_lasts_ten_minutes() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    let (authenticator, _) = nurse.enrol_app(&app);
    let other = app.riverside().sign_in_with(&nurse, &authenticator);
    // Whoever has just signed in with the factor has proved it.
    other.post_empty("/api/auth/recovery-codes").expect(200);
    let (nurse, other) = (refreshed(&app, &nurse), without_step_up(&app, &other));
    other.post_empty("/api/auth/recovery-codes").refused(401, "step_up_required");
    let code = json!({ "method": "totp", "code": authenticator.code_now(&app) });
    other.post("/api/auth/step-up", &code).expect(204);
    refreshed(&app, &nurse).post_empty("/api/auth/recovery-codes").refused(401, "step_up_required");
    app.clock().advance(chrono::Duration::minutes(5));
    let other = refreshed(&app, &other);
    app.clock().advance(chrono::Duration::milliseconds(299_999));
    other.post_empty("/api/auth/recovery-codes").expect(200);
    app.clock().advance(chrono::Duration::milliseconds(1));
    other.post_empty("/api/auth/recovery-codes").refused(401, "step_up_required");
}

#[test]
fn guesses_at_a_step_up_are_braked_like_sign_ins() {
    let app = TestApp::start();
    for person in people(&app) {
        let path = format!("{}/step-up", person.door());
        person.enrol_app(&app);
        for _ in 0..5 {
            person.post(&path, &json!({ "method": "totp", "code": "000000" })).refused(401, "invalid_code");
        }
        person.post(&path, &json!({ "method": "totp", "code": "000000" })).refused(429, "rate_limited");
        // Whoever stole a session does not keep its owner out, and the owner's way in gives no further guesses.
        app.riverside().give_password(person.door(), &person.email).expect(200);
        person.post(&path, &json!({ "method": "totp", "code": "000000" })).refused(429, "rate_limited");
    }
}

#[test]
fn removing_a_factor_ends_the_other_sessions_and_is_told_by_mail() {
    let app = TestApp::start();
    for person in people(&app) {
        let door = person.door();
        let (authenticator, codes) = person.enrol_app(&app);
        let other = app.riverside().sign_in_with(&person, &authenticator);
        app.run_worker();
        let mails = app.mails().len();
        let path = format!("{door}/factors/{}", authenticator.id);
        let foreign = app.hillside().staff(Role::Admin);
        foreign.delete(&format!("/api/auth/factors/{}", authenticator.id)).refused(404, "not_found");
        person.delete(&path).expect(204);
        person.get(&format!("{door}/me")).expect(200);
        other.get(&format!("{door}/me")).refused(401, "invalid_token");
        person.delete(&path).refused(404, "not_found");
        assert_eq!(person.get(&format!("{door}/factors")).expect(200)["recoveryCodesLeft"], 0);
        app.run_worker();
        assert_eq!(app.mails().len(), mails + 1);
        person.post_empty(&format!("{door}/recovery-codes")).refused(404, "not_found");
        // With the factor the codes went.
        let again = app.riverside().give_password(door, &person.email).expect(200);
        assert!(again["accessToken"].is_string() && codes.len() == 10);
    }
}

#[test]
fn odd_proofs_are_refused_by_their_form() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    for (body, pointer) in [
        (json!({ "method": "totp" }), "/code"),
        (json!({ "method": "passkey" }), "/credential"),
        (json!({ "method": "password" }), "/password"),
        (json!({ "method": "password", "password": "" }), "/password"),
        (json!({ "method": "password", "password": PASSWORD, "code": "1" }), "/method"),
        (json!({ "method": "totp", "code": "1", "password": PASSWORD }), "/password"),
        (json!({ "method": "totp", "code": "1", "credential": {} }), "/credential"),
        (json!({ "method": "passkey", "code": "1", "credential": {} }), "/code"),
        (json!({ "method": "recovery_code", "code": "1" }), "/method"),
    ] {
        let problem = nurse.post("/api/auth/step-up", &body).refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}");
    }
    for name in ["", "  ", "a\nb", &"x".repeat(61)] {
        let problem =
            nurse.post("/api/auth/factors/totp", &json!({ "name": name })).refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "/name");
    }
}

#[test]
fn the_first_factor_ends_the_sessions_that_a_password_alone_opened() {
    let app = TestApp::start();
    for person in people(&app) {
        let again = || match person.patient {
            Some(_) => {
                app.riverside().sign_in_account(&person.email, AccountId::new(person.id), person.patient)
            }
            None => app.riverside().sign_in_staff(&person.email, StaffId::new(person.id)),
        };
        let me = format!("{}/me", person.door());
        let elsewhere = again();
        let (authenticator, _) = person.enrol_app(&app);
        elsewhere.get(&me).refused(401, "invalid_token");
        person.get(&me).expect(200);
        let proved = app.riverside().sign_in_with(&person, &authenticator);
        add_passkey(&person, &SoftPasskey::new()).expect(201);
        proved.get(&me).expect(200);
    }
}

#[test]
fn a_sign_in_beside_the_first_factor_leaves_no_session_of_a_password() {
    let app = TestApp::start();
    for person in people(&app) {
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    while !is_over.load(Ordering::Relaxed) {
                        app.riverside().give_password(person.door(), &person.email);
                    }
                });
            }
            while app.number_of("SELECT count(*) FROM session") < 12 {
                std::thread::yield_now();
            }
            person.enrol_app(&app);
            is_over.store(true, Ordering::Relaxed);
        });
        let open = format!(
            "SELECT count(*) FROM session WHERE revoked_at IS NULL AND method = 0 AND '{}' IN (staff_id, account_id)",
            person.id
        );
        assert_eq!(app.number_of(&open), 0);
        app.sql("DELETE FROM sign_in_throttle");
    }
}

#[test]
fn a_first_factor_on_the_way_in_ends_older_sessions_too() {
    let app = TestApp::start();
    let nurse = app.staff(Role::Nurse);
    app.riverside().demand_second_factor(true);
    app.riverside().enrol_staff(&nurse.email, nurse.id);
    app.riverside().demand_second_factor(false);
    nurse.get("/api/auth/me").refused(401, "invalid_token");
}
