//! Invitations: from the mail to the sign-in.

use crate::support::{at_once, audited, start};
use chrono::Duration;
use serde_json::{Value, json};
use threadwell_domain::access::{Relationship, Role};
use threadwell_testkit::{Answer, PASSWORD, TestApp};

const STAFF_AUTH: &str = "/api/auth";
pub(crate) const PORTAL_AUTH: &str = "/api/patient-portal/auth";
pub(crate) const NEW: &str = "a lamp under green snow";
pub(crate) const BORN: &str = "1980-02-03";

pub(crate) fn post(app: &TestApp, path: &str, body: &Value) -> Answer {
    app.request("POST", path).header("X-Tenant-ID", "riverside").json(body).send()
}

pub(crate) fn check(app: &TestApp, door: &str, token: &str) -> Answer {
    app.request("POST", &format!("{door}/invitation/check")).json(&json!({ "token": token })).send()
}

pub(crate) fn accept(app: &TestApp, token: &str, more: &Value) -> Answer {
    let mut body = more.clone();
    body["token"] = json!(token);
    app.request("POST", &format!("{PORTAL_AUTH}/invitation/accept")).json(&body).send()
}

pub(crate) fn sign_in(app: &TestApp, door: &str, email: &str, password: &str) -> Answer {
    post(app, &format!("{door}/login"), &json!({ "email": email, "password": password }))
}

#[test]
fn somebody_new_on_the_staff_chooses_a_password_once() {
    let app = TestApp::start();
    let (email, riverside) = ("new@riverside.example", app.riverside());
    riverside.invite_staff(Role::Provider, email);
    sign_in(&app, STAFF_AUTH, email, PASSWORD).refused(401, "invalid_credentials");
    let token = app.mailed_secret(email);
    assert!(app.mails_to(email)[0].text.contains("https://threadwell.test/invitation#l1."));
    let checked = check(&app, STAFF_AUTH, &token).expect(200);
    assert_eq!((&checked["email"], &checked["role"]), (&json!(email), &json!("provider")));
    assert_eq!(
        (&checked["practice"]["name"], &checked["minimumLength"]),
        (&json!("Riverside Dermatology"), &json!(15))
    );
    let take_up = |password: &str| {
        let body = json!({ "token": token, "password": password });
        app.request("POST", "/api/auth/invitation/accept").json(&body).send()
    };
    assert_eq!(take_up("too short").refused(422, "validation_failed")["errors"][0]["code"], "too_short");
    take_up(NEW).expect(204);
    sign_in(&app, STAFF_AUTH, email, NEW).expect(200);
    take_up("another lamp under snow").refused(401, "invalid_token");
    check(&app, PORTAL_AUTH, &token).refused(401, "invalid_token");
    assert_eq!(audited(&app, "auth.accept_invitation", "done"), 1);
}

#[test]
fn an_invitation_is_good_for_seven_days_until_it_is_withdrawn() {
    let app = TestApp::start();
    let (email, riverside) = ("new@riverside.example", app.riverside());
    riverside.invite_staff(Role::Nurse, email);
    let token = app.mailed_secret(email);
    app.clock().advance(Duration::days(7) - Duration::seconds(1));
    check(&app, STAFF_AUTH, &token).expect(200);
    app.clock().advance(Duration::seconds(1));
    check(&app, STAFF_AUTH, &token).refused(401, "invalid_token");
    let patient = riverside.add_patient_at("Ana Silva", "ana@example.org", BORN, "en");
    let link = riverside.invite(patient, Relationship::Myself, "ana@example.org");
    let token = app.mailed_secret("ana@example.org");
    check(&app, PORTAL_AUTH, &token).expect(200);
    app.sql(&format!("UPDATE account_link SET revoked_at = now() WHERE id = '{link}'"));
    check(&app, PORTAL_AUTH, &token).refused(401, "invalid_token");
    accept(&app, &token, &json!({ "password": NEW, "birthDate": BORN })).refused(401, "invalid_token");
}

#[test]
fn a_patient_takes_an_invitation_up_in_either_language() {
    let app = TestApp::start();
    let riverside = app.riverside();
    for (name, email, language, subject) in [
        ("Ana Silva", "ana@example.org", "en", "Your care team invites you to its patient portal"),
        ("Rosa Silva", "rosa@example.org", "es", "Su equipo médico le invita al portal del paciente"),
    ] {
        let patient = riverside.add_patient_at(name, email, BORN, language);
        riverside.invite(patient, Relationship::Myself, email);
        assert_eq!(app.mails_to(email)[0].subject, subject);
        let token = app.mailed_secret(email);
        let checked = check(&app, PORTAL_AUTH, &token);
        assert!(!checked.text().contains("Silva"), "{}", checked.text());
        let checked = checked.expect(200);
        assert_eq!((&checked["kind"], &checked["needsBirthDate"]), (&json!("self"), &json!(true)));
        assert_eq!(checked["hasAccount"], false);
        accept(&app, &token, &json!({ "password": NEW })).refused(401, "invalid_code");
        accept(&app, &token, &json!({ "password": NEW, "birthDate": BORN })).expect(204);
        let signed_in = sign_in(&app, PORTAL_AUTH, email, NEW).expect(200);
        assert_eq!(signed_in["account"]["fullName"], name);
        assert_eq!(signed_in["patients"][0]["relationship"], "self");
        accept(&app, &token, &json!({ "password": NEW, "birthDate": BORN })).refused(401, "invalid_token");
        let id = signed_in["account"]["id"].as_str().unwrap();
        assert_eq!(app.text_of(&format!("SELECT language FROM portal_account WHERE id = '{id}'")), language);
    }
}

#[test]
fn who_is_invited_to_help_oneself_keeps_the_own_record() {
    let app = TestApp::start();
    let ben = app.patient("Ben Okafor");
    let body = json!({ "email": ben.email, "fullName": "Ben", "relationship": "caregiver", "scope": "read" });
    ben.post("/api/patient-portal/grants", &body).expect(201);
    let token = app.mailed_secret(&ben.email);
    accept(&app, &token, &json!({ "password": PASSWORD })).expect(204);
    let own = "SELECT count(*) FROM patient_access WHERE relationship = 0 AND scope = 1 AND ended_at IS NULL";
    assert_eq!(app.number_of(own), 1);
    start(&ben, "general", "Mine");
}

#[test]
fn five_wrong_birth_dates_end_an_invitation() {
    let app = TestApp::start();
    let riverside = app.riverside();
    let patient = riverside.add_patient_at("Ana Silva", "ana@example.org", BORN, "en");
    riverside.invite(patient, Relationship::Myself, "ana@example.org");
    let token = app.mailed_secret("ana@example.org");
    for year in 1990..1995 {
        let wrong = json!({ "password": NEW, "birthDate": format!("{year}-02-03") });
        accept(&app, &token, &wrong).refused(401, "invalid_code");
    }
    accept(&app, &token, &json!({ "password": NEW, "birthDate": BORN })).refused(401, "invalid_token");
    assert_eq!(audited(&app, "auth.accept_invitation", "denied"), 5);
}

#[test]
fn a_proxy_opens_an_account_and_one_with_an_account_proves_it() {
    let app = TestApp::start();
    let riverside = app.riverside();
    let [first, second] =
        ["Abel", "Zoe"].map(|name| riverside.add_patient_at(name, &format!("{name}@x.example"), BORN, "en"));
    let email = "carla@example.org";
    riverside.invite(first, Relationship::Caregiver, email);
    let token = app.mailed_secret(email);
    let checked = check(&app, PORTAL_AUTH, &token).expect(200);
    assert_eq!((&checked["kind"], &checked["relationship"]), (&json!("proxy"), &json!("caregiver")));
    assert_eq!(checked["needsBirthDate"], false);
    let nameless = accept(&app, &token, &json!({ "password": NEW })).refused(422, "validation_failed");
    assert_eq!(nameless["errors"][0]["pointer"], "/fullName");
    accept(&app, &token, &json!({ "password": NEW, "fullName": "Carla Mendes" })).expect(204);
    assert_eq!(sign_in(&app, PORTAL_AUTH, email, NEW).expect(200)["account"]["fullName"], "Carla Mendes");

    app.clock().advance(Duration::seconds(1));
    riverside.invite(second, Relationship::Guardian, email);
    let token = app.mailed_secret(email);
    assert_eq!(check(&app, PORTAL_AUTH, &token).expect(200)["hasAccount"], true);
    accept(&app, &token, &json!({ "password": "another lamp in the snow", "fullName": "Mallory" }))
        .refused(401, "invalid_credentials");
    accept(&app, &token, &json!({ "password": NEW })).expect(204);
    let signed_in = sign_in(&app, PORTAL_AUTH, email, NEW).expect(200);
    assert_eq!(signed_in["patients"].as_array().unwrap().len(), 2);
    assert_eq!(signed_in["account"]["fullName"], "Carla Mendes");
    assert_eq!(app.number_of("SELECT count(*) FROM patient_access WHERE invitation_id IS NULL"), 0);
}

#[test]
fn a_link_works_once_however_many_use_it_at_once() {
    let app = TestApp::start();
    let riverside = app.riverside();
    let patient = riverside.add_patient_at("Ana Silva", "ana@example.org", BORN, "en");
    riverside.invite(patient, Relationship::Myself, "ana@example.org");
    let token = app.mailed_secret("ana@example.org");
    let body = json!({ "password": NEW, "birthDate": BORN });
    let answers = at_once(6, |_| accept(&app, &token, &body));
    assert_eq!(answers.iter().filter(|answer| answer.status == 204).count(), 1);
    assert_eq!(app.number_of("SELECT count(*) FROM portal_account"), 1);
}
