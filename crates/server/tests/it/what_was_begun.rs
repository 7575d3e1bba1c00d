//! What was begun under an old password, address or factor ends with it: mailed links, sign-ins that wait for a factor,
//! recovery codes.

use serde_json::{Value, json};
use threadwell_domain::access::Role;
use threadwell_testkit::{Answer, AuthenticatorApp, PASSWORD, Person, TestApp};

const NEW: &str = "a lamp under green snow";

fn people(app: &TestApp) -> [Person; 2] {
    [app.staff(Role::Nurse), app.patient("Ana Silva")]
}

fn post(app: &TestApp, path: &str, body: &Value) -> Answer {
    app.request("POST", path).header("X-Tenant-ID", "riverside").json(body).send()
}

/// Asks for a link to a new password; its secret.
fn link_for(app: &TestApp, person: &Person) -> String {
    let asked = post(app, &format!("{}/password-reset", person.door()), &json!({ "email": person.email }));
    asked.expect(202);
    app.mailed_secret(&person.email)
}

fn check(app: &TestApp, person: &Person, token: &str) -> Answer {
    post(app, &format!("{}/password-reset/check", person.door()), &json!({ "token": token }))
}

fn choose(app: &TestApp, person: &Person, token: &str, password: &str) -> Answer {
    let body = json!({ "token": token, "password": password });
    post(app, &format!("{}/password-reset/confirm", person.door()), &body)
}

fn change_password(person: &Person, from: &str, to: &str) -> Answer {
    let body = json!({ "currentPassword": from, "newPassword": to });
    person.post(&format!("{}/password", person.door()), &body)
}

fn give(app: &TestApp, person: &Person, password: &str) -> Answer {
    let body = json!({ "email": person.email, "password": password, "tokenDelivery": "body" });
    post(app, &format!("{}/login", person.door()), &body)
}

/// Gives the password; the ticket for the factor.
fn ticket(app: &TestApp, person: &Person, password: &str) -> String {
    give(app, person, password).expect(200)["mfaToken"].as_str().unwrap().to_owned()
}

fn prove(app: &TestApp, person: &Person, ticket: &str, method: &str, code: &str) -> Answer {
    let body = json!({ "mfaToken": ticket, "method": method, "code": code });
    post(app, &format!("{}/second-factor", person.door()), &body)
}

fn prove_by_app(app: &TestApp, person: &Person, ticket: &str, authenticator: &AuthenticatorApp) -> Answer {
    app.clock().advance(chrono::Duration::minutes(1));
    prove(app, person, ticket, "totp", &authenticator.code_now(app))
}

#[test]
fn b13_an_old_link_is_dead_after_a_newer_one_after_its_use_and_after_a_new_password() {
    let app = TestApp::start();
    for person in people(&app) {
        let older = link_for(&app, &person);
        app.clock().advance(chrono::Duration::minutes(1));
        let newer = link_for(&app, &person);
        assert_ne!(older, newer);
        choose(&app, &person, &older, NEW).refused(401, "invalid_token");
        choose(&app, &person, &newer, NEW).expect(204);
        choose(&app, &person, &newer, "another lamp in the snow").refused(401, "invalid_token");
        let entered = person.signed_in(&give(&app, &person, NEW).expect(200));
        app.clock().advance(chrono::Duration::minutes(1));
        let waiting = link_for(&app, &person);
        check(&app, &person, &waiting).expect(200);
        change_password(&entered, NEW, "another lamp in the snow").expect(204);
        check(&app, &person, &waiting).refused(401, "invalid_token");
        choose(&app, &person, &waiting, NEW).refused(401, "invalid_token");
        give(&app, &person, "another lamp in the snow").expect(200);
    }
}

#[test]
fn b13_a_new_password_by_a_link_is_asked_for_the_factor_all_the_same() {
    let app = TestApp::start();
    for person in people(&app) {
        let (authenticator, _) = person.enrol_app(&app);
        let token = link_for(&app, &person);
        assert_eq!(check(&app, &person, &token).expect(200)["minimumLength"], 12);
        choose(&app, &person, &token, "lamp in snow").expect(204);
        give(&app, &person, PASSWORD).refused(401, "invalid_credentials");
        let due = give(&app, &person, "lamp in snow").expect(200);
        assert_eq!((&due["mfaRequired"], &due["enrolmentRequired"]), (&json!(true), &json!(false)));
        assert_eq!(due.get("accessToken"), None);
        let ticket = due["mfaToken"].as_str().unwrap();
        prove_by_app(&app, &person, ticket, &authenticator).expect(200);
    }
}

#[test]
fn a_new_password_ends_the_sign_ins_that_wait_for_a_factor() {
    let app = TestApp::start();
    for person in people(&app) {
        let (authenticator, codes) = person.enrol_app(&app);
        let under_the_old = ticket(&app, &person, PASSWORD);
        choose(&app, &person, &link_for(&app, &person), NEW).expect(204);
        prove_by_app(&app, &person, &under_the_old, &authenticator).refused(401, "invalid_token");
        prove(&app, &person, &under_the_old, "recovery_code", &codes[0]).refused(401, "invalid_token");
        let entered = prove_by_app(&app, &person, &ticket(&app, &person, NEW), &authenticator);
        let entered = person.signed_in(&entered.expect(200));
        let under_the_reset = ticket(&app, &person, NEW);
        change_password(&entered, NEW, "another lamp in the snow").expect(204);
        prove_by_app(&app, &person, &under_the_reset, &authenticator).refused(401, "invalid_token");
    }
}

/// Somebody at somebody's mailbox asks for links; who changes password or address shuts them out.
#[test]
fn a_new_password_or_address_ends_the_other_links_of_an_account() {
    let app = TestApp::start();
    let ana = app.patient("Ana Silva");
    let door = ana.door();
    let change_email = |password: &str| {
        let body = json!({ "email": "new@example.org", "password": password });
        ana.post(&format!("{door}/email"), &body).expect(202);
        app.mailed_secret("new@example.org")
    };
    let confirm_email =
        |token: &str| post(&app, &format!("{door}/email/confirm"), &json!({ "token": token }));
    let waiting = change_email(PASSWORD);
    change_password(&ana, PASSWORD, NEW).expect(204);
    confirm_email(&waiting).refused(401, "invalid_token");
    let at_the_old_address = link_for(&app, &ana);
    app.clock().advance(chrono::Duration::minutes(1));
    confirm_email(&change_email(NEW)).expect(204);
    choose(&app, &ana, &at_the_old_address, "another lamp in the snow").refused(401, "invalid_token");
}

#[test]
fn an_administrator_takes_factors_away_with_all_that_hangs_on_them() {
    let app = TestApp::start();
    let admin = app.staff(Role::Admin);
    for person in people(&app) {
        let (authenticator, codes) = person.enrol_app(&app);
        let waiting = ticket(&app, &person, PASSWORD);
        let kind = if person.is_staff { "users" } else { "accounts" };
        app.sql("UPDATE session SET stepped_up_at = NULL");
        let path = format!("/api/admin/{kind}/{}/remove-second-factors", person.id);
        admin.post_empty(&path).refused(401, "step_up_required");
        app.sql(&format!(
            "UPDATE session SET stepped_up_at = '{}'",
            app.text_of("SELECT max(created_at) FROM session")
        ));
        admin.post_empty(&path).expect(204);
        person.get(&format!("{}/me", person.door())).refused(401, "invalid_token");
        let good = "used_at IS NULL AND replaced_at IS NULL";
        let left = format!("SELECT count(*) FROM recovery_code WHERE {good}");
        assert_eq!(app.number_of(&left), 0);
        prove_by_app(&app, &person, &waiting, &authenticator).refused(401, "invalid_token");
        prove(&app, &person, &waiting, "recovery_code", &codes[0]).refused(401, "invalid_token");
        let entered = person.signed_in(&give(&app, &person, PASSWORD).expect(200));
        let told = app.mails_to(&person.email).into_iter();
        assert_eq!(told.filter(|mail| mail.subject == "Your second factor was removed").count(), 1);
        let (_, fresh) = entered.enrol_app(&app);
        prove(&app, &person, &ticket(&app, &person, PASSWORD), "recovery_code", &codes[1])
            .refused(401, "invalid_code");
        prove(&app, &person, &ticket(&app, &person, PASSWORD), "recovery_code", &fresh[0]).expect(200);
        app.sql(&format!("UPDATE recovery_code SET replaced_at = now() WHERE {good}"));
    }
}
